"""Makes pg_dump's schema readable: each table once, with its keys, promises and indexes."""
import re
import sys

SHORTER = [("timestamp with time zone", "timestamptz"), ("::text", ""), ("::timestamptz", ""), ("public.", ""),
           ("USING btree ", "")]


def statements(dump):
    lines = [line for line in dump.splitlines() if not re.match(r"--|SET |SELECT pg_catalog|\\", line)]
    for statement in "\n".join(lines).split(";\n"):
        if statement.strip():
            text = statement.strip()
            for long, short in SHORTER:
                text = text.replace(long, short)
            yield text


def readable(dump):
    tables, promises, indexes, others = {}, {}, {}, []
    for text in statements(dump):
        if found := re.match(r"CREATE TABLE (\S+) \((.*)\n\)$", text, re.S):
            tables[found[1]] = [line.strip().rstrip(",") for line in found[2].strip().splitlines()]
        elif found := re.match(r"ALTER TABLE (\S+) ALTER COLUMN (\S+) ADD (GENERATED ALWAYS AS IDENTITY)", text):
            columns = tables[found[1]]
            at = next(i for i, line in enumerate(columns) if line.startswith(found[2] + " "))
            columns[at] = columns[at].replace("NOT NULL", found[3])
        elif found := re.match(r"ALTER TABLE ONLY (\S+)\s+ADD (CONSTRAINT .*)$", text, re.S):
            promises.setdefault(found[1], []).append(found[2])
        elif found := re.match(r"CREATE (?:UNIQUE )?INDEX \S+ ON (\S+) ", text):
            indexes.setdefault(found[1], []).append(text)
        else:
            others.append(text)
    yield from (text + ";" for text in others)
    for table in sorted(tables):
        lines = tables[table] + sorted(promises.get(table, []))
        yield f"CREATE TABLE {table} (\n    " + ",\n    ".join(lines) + "\n);"
        yield from (text + ";" for text in sorted(indexes.get(table, [])))


print("-- What all migrations make, to be read. Written by ops/schema, held by a test. Not a migration.\n")
print("\n".join(("\n" if text.startswith("CREATE TABLE") else "") + text for text in readable(sys.stdin.read())))
