-- 0007 findings
-- Why:       the page of a file's plan read the whole file again at every look, because of a line only the codes of its
--            problems were kept, and of the file nothing. A problem is kept with its question and with all that its sentence
--            needs; beside it stand the cells that the page shows (name, and what the problem is about), the headings, the
--            first three names and how many badges are wanted. Of files that were planned before, details and cells are null:
--            their page plans them once more and keeps what it finds.
-- Locks:     group_files and group_lines for as long as their rows are rewritten.   Old code: cannot plan a file meanwhile.
-- Back:      drop the columns and constraints; problems is the array of the codes.
-- Retention: as the original of the file, with which they are forgotten.

ALTER TABLE group_files
    ADD details jsonb,
    ADD badge_count integer NOT NULL DEFAULT 0;

ALTER TABLE group_files
    ADD CONSTRAINT group_files_forgotten_tell_nothing CHECK (original IS NOT NULL
        OR details IS NULL AND NOT jsonb_path_exists(file_problems, '$[*].arguments'));

ALTER TABLE group_lines ADD cells jsonb;

UPDATE group_lines SET problems =
    (SELECT jsonb_agg(jsonb_build_object('code', p.code) ORDER BY p.position)
     FROM jsonb_array_elements_text(problems) WITH ORDINALITY AS p(code, position))
WHERE problems <> '[]';

ALTER TABLE group_lines
    ADD CONSTRAINT group_lines_forgotten_tell_nothing CHECK (cells IS NOT NULL
        OR NOT jsonb_path_exists(problems, '$[*].arguments'));
