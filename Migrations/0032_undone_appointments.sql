-- 0032 undone appointments
-- Why:       all that a plan of appointments did is taken back by a plan of its own, and the applications stand approved again:
--            one application may bring a second appointment after the first was taken back.
-- Locks:     ACCESS EXCLUSIVE on plans, plan_lines, jobs and appointments while their words are looked at and two indexes are made.
-- Old code:  knows none of it; where appointments were taken back it may show the one that was.
-- Back:      drop the columns, and make the constraint again while nothing is undone.
-- Retention: as the plan and the appointment; the reason is told to all whom it concerns, and is a sentence about the plan.

ALTER TABLE plans
    -- Why appointments were taken back, as it is told to them.
    ADD COLUMN because text,
    DROP CONSTRAINT plans_act_is_known,
    ADD CONSTRAINT plans_act_is_known CHECK (act IN ('group', 'appoint', 'renew', 'undo_group', 'undo_appoint')),
    DROP CONSTRAINT plans_applied_are_decided,
    ADD CONSTRAINT plans_applied_are_decided CHECK (act IN ('group', 'undo_group', 'undo_appoint')
        OR state <> 'applied' OR decision_number IS NOT NULL),
    DROP CONSTRAINT plans_undoing_name_what,
    ADD CONSTRAINT plans_undoing_name_what CHECK ((act IN ('undo_group', 'undo_appoint')) = (undoes IS NOT NULL)),
    ADD CONSTRAINT plans_undone_say_why
        CHECK (act <> 'undo_appoint' OR state <> 'applied' OR coalesce(because, '') <> '');

ALTER TABLE plan_lines DROP CONSTRAINT plan_lines_outcome_is_known,
    ADD CONSTRAINT plan_lines_outcome_is_known CHECK (outcome IN ('appoint', 'waits', 'continues', 'lacks_video',
        'organization_closed', 'already_applied', 'declined', 'unanswered', 'left', 'gone', 'taken_back', 'stays'));

-- The plan that has taken the appointment back; its application stands approved again since.
ALTER TABLE appointments ADD COLUMN undone_by bigint REFERENCES plans (id),
    DROP CONSTRAINT appointments_one_per_application;
CREATE UNIQUE INDEX appointments_one_not_undone ON appointments (application_id) WHERE undone_by IS NULL;
-- For whoever asks for all that an application ever brought.
CREATE INDEX appointments_by_application ON appointments (application_id);

ALTER TABLE jobs DROP CONSTRAINT jobs_act_is_known, ADD CONSTRAINT jobs_act_is_known CHECK (act IN
    ('apply_group_file', 'apply_appointments', 'apply_renewal', 'undo_group_file', 'undo_appointments',
     'export_ministry'));
