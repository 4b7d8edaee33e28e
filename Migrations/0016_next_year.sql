-- 0016 next year
-- Why:       whoever says that what they typed may not be used for the next year is not renewed by itself; yes,
--            no and not asked are three answers. A required video that was declared by mistake is withdrawn, from
--            a day on, and the row that declared it stays. What was watched for the next year stands beside what
--            was watched for this one.
-- Locks:     applications, requirements and viewings for a moment; viewings against writing while an index is
--            built (110,000 rows: half a second).
-- Old code:  files applications as not asked, and requires a video that was withdrawn.
-- Back:      drop the columns and the table; make the old index again once no viewing of a later year stands
--            beside one of the application's own year under the same slot.
-- Retention: as applications; withdrawals as requirements.

-- What stands as false was a box that nobody had ticked: it asked only for a yes (ops/decisions/0014).
ALTER TABLE applications ADD COLUMN reuse_answer text NOT NULL DEFAULT 'not_asked';
ALTER TABLE applications ADD CONSTRAINT applications_reuse_answer_is_known
    CHECK (reuse_answer IN ('yes', 'no', 'not_asked'));

ALTER TABLE requirements ADD COLUMN known_from timestamptz NOT NULL DEFAULT '-infinity';

CREATE TABLE requirement_withdrawals (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    fiscal_year smallint    NOT NULL,
    kind        text        NOT NULL,
    category    text        NOT NULL,
    video_slot  smallint    NOT NULL,
    -- From this day on the video is not required.
    true_from   date        NOT NULL,
    reason      text        NOT NULL,
    recorded_by text        NOT NULL,
    known_from  timestamptz NOT NULL,
    known_until timestamptz NOT NULL DEFAULT 'infinity',
    CONSTRAINT requirement_withdrawals_requirement_exists
        FOREIGN KEY (fiscal_year, kind, category, video_slot) REFERENCES requirements,
    CONSTRAINT requirement_withdrawals_say_why CHECK (reason <> ''),
    CONSTRAINT requirement_withdrawals_known_in_order CHECK (known_until >= known_from)
);
CREATE UNIQUE INDEX requirement_withdrawals_one_standing
    ON requirement_withdrawals (fiscal_year, kind, category, video_slot)
    WHERE known_until = 'infinity';

CREATE UNIQUE INDEX viewings_one_standing_per_application_video_year_and_grade
    ON viewings (application_id, fiscal_year, video_slot, grade) WHERE known_until = 'infinity';
DROP INDEX viewings_one_standing_per_application_video_and_grade;
