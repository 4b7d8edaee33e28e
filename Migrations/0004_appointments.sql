-- 0004 appointments
-- Why:       an appointment belongs to one fiscal year; its term is a fact with two times.
-- Locks:     none, new tables.   Old code: ignores them.   Back: drop the tables.
-- Retention: 5 fiscal years after the last appointment of the person ends.

CREATE EXTENSION IF NOT EXISTS btree_gist;

-- Gapless numbers: the row is locked by whoever takes one, and rolls back with the taker.
CREATE TABLE counters (
    name       text   PRIMARY KEY,
    last_value bigint NOT NULL,
    CONSTRAINT counters_never_negative CHECK (last_value >= 0)
);

CREATE TABLE appointments (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number          text        NOT NULL,
    person_id       bigint      NOT NULL REFERENCES people (id),
    application_id  bigint      NOT NULL REFERENCES applications (id),
    fiscal_year     smallint    NOT NULL REFERENCES fiscal_years (start_year),
    kind            text        NOT NULL,
    organization_id bigint      REFERENCES organizations (id),
    history         text        NOT NULL,
    decided_on      date        NOT NULL,
    decision_number text        NOT NULL,
    plan_id         bigint      NOT NULL REFERENCES plans (id),
    known_from      timestamptz NOT NULL,
    CONSTRAINT appointments_number_unique UNIQUE (number),
    CONSTRAINT appointments_one_per_application UNIQUE (application_id),
    CONSTRAINT appointments_identity UNIQUE (id, person_id, kind, fiscal_year),
    CONSTRAINT appointments_kind_is_known CHECK (kind IN ('promoter', 'caller')),
    CONSTRAINT appointments_history_is_known CHECK (history IN ('new', 'renewed', 'reappointed'))
);
CREATE INDEX appointments_by_person ON appointments (person_id, fiscal_year);
CREATE INDEX appointments_by_year ON appointments (fiscal_year, id);
CREATE INDEX appointments_by_organization ON appointments (organization_id, fiscal_year, id);

-- Facts: from when on an appointment held, and when we believed so. A resignation closes the standing row and adds a
-- shorter one. Nobody is 推進委員 and よびかけ員 on one day (ops/decisions/0011).
CREATE TABLE appointment_terms (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    appointment_id bigint      NOT NULL,
    person_id      bigint      NOT NULL,
    kind           text        NOT NULL,
    fiscal_year    smallint    NOT NULL,
    true_from      date        NOT NULL,
    -- The first day that no longer counts; of whoever resigned or was dismissed, that very day.
    ends_on        date        NOT NULL,
    end_reason     text        NOT NULL DEFAULT '',
    known_from     timestamptz NOT NULL,
    known_until    timestamptz NOT NULL DEFAULT 'infinity',
    CONSTRAINT appointment_terms_belong FOREIGN KEY (appointment_id, person_id, kind, fiscal_year)
        REFERENCES appointments (id, person_id, kind, fiscal_year),
    CONSTRAINT appointment_terms_inside_the_year CHECK (true_from >= make_date(fiscal_year, 4, 1)
        AND ends_on <= make_date(fiscal_year + 1, 4, 1) AND ends_on >= true_from),
    CONSTRAINT appointment_terms_end_reason_is_known
        CHECK (end_reason IN ('', 'resigned', 'revoked', 'superseded')),
    CONSTRAINT appointment_terms_known_in_order CHECK (known_until >= known_from),
    CONSTRAINT appointment_terms_one_active_per_person EXCLUDE USING gist
        (person_id WITH =, daterange(true_from, ends_on) WITH &&) WHERE (known_until = 'infinity')
);
CREATE UNIQUE INDEX appointment_terms_one_standing
    ON appointment_terms (appointment_id) WHERE known_until = 'infinity';
CREATE INDEX appointment_terms_by_appointment ON appointment_terms (appointment_id);
CREATE INDEX appointment_terms_by_year ON appointment_terms (fiscal_year, appointment_id);

CREATE TABLE badges (
    id                bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token             text        NOT NULL,
    appointment_id    bigint      NOT NULL REFERENCES appointments (id),
    class_slug        text        NOT NULL,
    salt              text        NOT NULL,
    identity          text        NOT NULL,
    issued_on         date        NOT NULL,
    expires_on        date        NOT NULL,
    known_from        timestamptz NOT NULL,
    revoked_at        timestamptz,
    revocation_reason text        NOT NULL DEFAULT '',
    CONSTRAINT badges_token_unique UNIQUE (token),
    CONSTRAINT badges_one_per_appointment UNIQUE (appointment_id),
    CONSTRAINT badges_token_is_long_enough CHECK (length(token) >= 22),
    CONSTRAINT badges_revoked_say_why CHECK (revoked_at IS NULL OR revocation_reason <> '')
);
