-- 0029 jobs
-- Why:       nobody asks any more for doubtful rows to be filed with the others, which stood behind the number of the file;
--            such work that still waits asks the office about them, as all other does.
-- Locks:     the rows that are changed, few if any.   Old code: reads them as it did.
-- Back:      nothing to do.
-- Retention: as jobs.

UPDATE jobs j SET subject = split_part(j.subject, '+', 1)
WHERE j.act = 'apply_group_file' AND j.subject LIKE '%+held'
  AND NOT EXISTS (SELECT FROM jobs o
                  WHERE o.act = j.act AND o.subject = split_part(j.subject, '+', 1));
