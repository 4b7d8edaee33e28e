-- 0017 reuse answers
-- Why:       a box that was ticked is a yes.
-- Long:      it locks nothing but the rows of those who ticked it, one after the other; nobody waits but who
--            decides on one of them in these seconds.
-- Locks:     rows of applications.   Old code: as in 0016.   Back: none is needed.
-- Retention: as applications.

UPDATE applications SET reuse_answer = 'yes' WHERE reuse_opt_in;
