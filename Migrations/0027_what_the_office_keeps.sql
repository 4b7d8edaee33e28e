-- 0027 what the office keeps
-- Why:       what somebody of the office may do is told apart by rights; whoever is to have an account is invited by a mailed
--            link, and sets a password of their own. The office opens, renames and closes organizations on pages: what one was
--            called before is found, and from the day on which it is closed nobody applies by it and nobody signs in for it.
--            ops/decisions/0047, 0048.
-- Locks:     ACCESS EXCLUSIVE on accounts and organizations for a column each, which is no rewrite; on lifetimes and outbox
--            while their words are looked at once.
-- Old code:  lets the whole office do everything, cannot give an account whose rights are limited another role, and knows
--            neither the end of an organization nor a name of before.
-- Back:      drop the tables, the columns and the words.
-- Retention: invitations 14 days after they end.
ALTER TABLE accounts
    -- NULL: all that its role may do.
    ADD COLUMN rights text[],
    ADD CONSTRAINT accounts_rights_are_the_offices CHECK
        (rights IS NULL OR role = 'office' AND rights <> '{}'
         AND rights <@ ARRAY['reception', 'review', 'appointment', 'administration']);
CREATE INDEX accounts_by_organization ON accounts (organization_id) WHERE organization_id IS NOT NULL;

CREATE TABLE invitations (
    id                 bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email              text        NOT NULL,
    name               text        NOT NULL,
    role               text        NOT NULL,
    organization_id    bigint      REFERENCES organizations (id),
    business_place_id  bigint,
    rights             text[],
    -- 引き継ぎ: the account that ends when this one begins.
    takes_over         bigint      REFERENCES accounts (id),
    -- Of the newest link; the ones before it open nothing.
    token_hash         bytea       NOT NULL,
    invited_by         text        NOT NULL,
    invited_by_account bigint      GENERATED ALWAYS AS
        (CASE WHEN invited_by LIKE 'account:%' THEN substr(invited_by, 9)::bigint END) STORED,
    sent_at            timestamptz NOT NULL,
    expires_at         timestamptz NOT NULL,
    accepted_at        timestamptz,
    -- What came of it.
    account_id         bigint      REFERENCES accounts (id),
    withdrawn_at       timestamptz,
    CONSTRAINT invitations_link_unique UNIQUE (token_hash),
    CONSTRAINT invitations_link_is_a_digest CHECK (length(token_hash) = 32),
    CONSTRAINT invitations_role_is_known CHECK (role IN ('office', 'organization', 'ministry')),
    CONSTRAINT invitations_of_organizations_name_theirs CHECK ((role = 'organization') = (organization_id IS NOT NULL)),
    CONSTRAINT invitations_business_place_is_the_organizations
        FOREIGN KEY (organization_id, business_place_id) REFERENCES business_places (organization_id, id),
    CONSTRAINT invitations_of_a_business_place_are_the_organizations
        CHECK (business_place_id IS NULL OR organization_id IS NOT NULL),
    CONSTRAINT invitations_rights_are_the_offices CHECK
        (rights IS NULL OR role = 'office' AND rights <> '{}'
         AND rights <@ ARRAY['reception', 'review', 'appointment', 'administration']),
    CONSTRAINT invitations_last_some_time CHECK (expires_at > sent_at),
    CONSTRAINT invitations_accepted_make_an_account CHECK ((accepted_at IS NULL) = (account_id IS NULL)),
    CONSTRAINT invitations_end_once CHECK (accepted_at IS NULL OR withdrawn_at IS NULL)
);
-- Nobody is invited twice at once.
CREATE UNIQUE INDEX invitations_one_open ON invitations (lower(email)) WHERE accepted_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX invitations_by_end ON invitations ((coalesce(accepted_at, withdrawn_at, expires_at)));

ALTER TABLE lifetimes DROP CONSTRAINT lifetimes_kind_is_known, ADD CONSTRAINT lifetimes_kind_is_known CHECK (kind IN
    ('draft', 'mail_code', 'session', 'limit_count', 'letter_body', 'undelivered_letter', 'group_original',
     'group_answers', 'job', 'export_bytes', 'journal_details', 'application_without_appointment',
     'application_with_appointment', 'invitation'));
ALTER TABLE outbox DROP CONSTRAINT outbox_letter_is_known, ADD CONSTRAINT outbox_letter_is_known CHECK (letter IN
    ('code', 'receipt', 'already_received', 'appointment', 'resignation', 'group_applied', 'not_renewed', 'rejection',
     'job_failed', 'expired', 'sign_in_warning', 'alarm', 'withdrawal', 'correction', 'correction_refused',
     'mail_changed', 'receipts', 'dismissal', 'resumption', 'reopening', 'cancellation', 'parting',
     'password_changed', 'proposal', 'people_merged', 'people_separated', 'taken_back', 'group_undone',
     'second_factor', 'invitation', 'account_changed'));

ALTER TABLE organizations
    -- The first day on which it is there no more.
    ADD COLUMN ends_on date NOT NULL DEFAULT 'infinity';

-- What an organization was called before.
CREATE TABLE organization_names (
    organization_id bigint      NOT NULL REFERENCES organizations (id),
    -- The first day on which it was called otherwise.
    ends_on         date        NOT NULL,
    name            text        NOT NULL,
    known_from      timestamptz NOT NULL,
    CONSTRAINT organization_names_end_once_a_day PRIMARY KEY (organization_id, ends_on),
    CONSTRAINT organization_names_given CHECK (name <> '')
);
