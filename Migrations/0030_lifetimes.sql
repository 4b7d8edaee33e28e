-- 0030 lifetimes
-- Why:       how long each kind of data is kept stands in one table, dated and with its source, which `enroll forget`
--            and the worker obey; what the heads before this one promise is named there word by word.
-- Locks:     applications and outbox for a moment (constraints are checked, an index is built: 55,000 people, under a
--            second).
-- Old code:  forgets drafts, codes, counts and workbooks as before, and nothing else.
-- Back:      drop the table, the column and the indexes; make the constraints of 0002 again, which fails once somebody's
--            particulars were forgotten.
-- Retention: kept for ever; no personal data.

CREATE TABLE lifetimes (
    kind       text    NOT NULL,
    -- From this day on it holds, until a later row of the kind does.
    valid_from date    NOT NULL,
    amount     integer NOT NULL,
    unit       text    NOT NULL,
    source     text    NOT NULL,
    CONSTRAINT lifetimes_once PRIMARY KEY (kind, valid_from),
    CONSTRAINT lifetimes_kind_is_known CHECK (kind IN
        ('draft', 'mail_code', 'session', 'limit_count', 'letter_body',
         'undelivered_letter', 'group_original', 'group_answers', 'job', 'export_bytes', 'journal',
         'application_without_appointment', 'application_with_appointment')),
    CONSTRAINT lifetimes_unit_is_known CHECK (unit IN ('days', 'years', 'fiscal_years')),
    CONSTRAINT lifetimes_amount_is_no_debt CHECK (amount BETWEEN 0 AND 36500),
    CONSTRAINT lifetimes_say_where_from CHECK (source <> '')
);
GRANT SELECT ON lifetimes TO enroll_reader;

-- When the particulars were wiped. The row stays with what is counted: kind, year, body, prefecture, days.
ALTER TABLE applications ADD COLUMN forgotten_at timestamptz;
ALTER TABLE applications DROP CONSTRAINT applications_have_a_name;
ALTER TABLE applications ADD CONSTRAINT applications_have_a_name
    CHECK (family_name <> '' OR given_name <> '' OR forgotten_at IS NOT NULL);
ALTER TABLE applications DROP CONSTRAINT applications_can_be_reached;
ALTER TABLE applications ADD CONSTRAINT applications_can_be_reached
    CHECK (email <> '' OR employee_number <> '' OR forgotten_at IS NOT NULL);
ALTER TABLE applications ADD CONSTRAINT applications_forgotten_name_nobody CHECK (forgotten_at IS NULL OR
    (family_name || given_name || family_name_kana || given_name_kana || family_name_0213
     || given_name_0213 || ward || street || building || email || phone || employee_number
     || unit || activity_note = ''));

CREATE INDEX outbox_bodies ON outbox ((coalesce(delivered_at, created_at)))
    WHERE body <> '' AND state <> 'waiting';
CREATE INDEX events_by_age ON events USING brin (known_from);
