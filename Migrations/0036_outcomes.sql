-- 0036 outcomes
-- Why:       'duplicate' said two opposite things of a row: it names somebody a second time in its file and is not sent, or
--            somebody known elsewhere and is sent. They are 'repeated' and 'joins'. Rows are applied from the file, which is
--            read again anyway: their answers are kept only while they wait for the office's word.
-- Locks:     group_files and group_lines for as long as their rows are rewritten.   Old code: cannot plan a file meanwhile.
-- Back:      joins_count + repeated_count is duplicate_count; both outcomes are 'duplicate'.
-- Retention: as group_files and group_lines.

ALTER TABLE group_lines DROP CONSTRAINT group_lines_outcome_is_known;

UPDATE group_lines SET outcome = CASE WHEN problems @> '["E301"]' THEN 'repeated' ELSE 'joins' END
WHERE outcome = 'duplicate';

UPDATE group_lines SET answers = NULL WHERE answers IS NOT NULL AND outcome <> 'held';

ALTER TABLE group_lines ADD CONSTRAINT group_lines_outcome_is_known
    CHECK (outcome IN ('new', 'changed', 'unchanged', 'joins', 'repeated', 'error', 'held'));

ALTER TABLE group_files
    ADD joins_count integer NOT NULL DEFAULT 0,
    ADD repeated_count integer NOT NULL DEFAULT 0,
    DROP CONSTRAINT group_files_rows_add_up;

UPDATE group_files f SET
    joins_count = (SELECT count(*) FROM group_lines l WHERE l.group_file_id = f.id AND l.outcome = 'joins'),
    repeated_count = (SELECT count(*) FROM group_lines l WHERE l.group_file_id = f.id AND l.outcome = 'repeated')
WHERE duplicate_count > 0;

ALTER TABLE group_files
    ALTER joins_count DROP DEFAULT,
    ALTER repeated_count DROP DEFAULT,
    DROP duplicate_count,
    ADD CONSTRAINT group_files_rows_add_up CHECK (row_count =
        new_count + changed_count + unchanged_count + joins_count + repeated_count + error_count + held_count);
