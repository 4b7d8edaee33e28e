-- 0008 identity
-- Why:       who is who is decided by evidence, whose thresholds are dated data; a row may be in doubt about somebody whom
--            its file does not name. ops/decisions/0034.
-- Locks:     doubts, for columns with a constant default; applications against writers while two indexes are made.
-- Old code:  bears it, and asks about rows of its file only.   Back: drop what is added.
-- Retention: the rules for ever, no personal data; the rest as what it stands in.

CREATE TABLE identity_rules (
    name       text NOT NULL,
    -- From this day on it holds, until a later row of the name does.
    valid_from date NOT NULL,
    value      text NOT NULL,
    source     text NOT NULL,
    CONSTRAINT identity_rules_once PRIMARY KEY (name, valid_from),
    CONSTRAINT identity_rules_name_is_known CHECK (name IN
        ('mail_holders', 'phone_holders', 'home_holders', 'namesakes', 'kanji_edits', 'kana_edits',
         'renumbered_percent', 'own_domain_percent', 'own_domain_addresses', 'private_domains')),
    CONSTRAINT identity_rules_say_where_from CHECK (source <> '')
);

ALTER TABLE doubts
    -- Whom the row may speak of, where they are known already; other_row is 0 then.
    ADD COLUMN other_application_id bigint REFERENCES applications (id),
    -- What is alike: the likeness of the names, and the evidence that agrees.
    ADD COLUMN reason text NOT NULL DEFAULT '',
    ADD CONSTRAINT doubts_are_about_one_other CHECK (other_row > 0 OR other_application_id IS NOT NULL);

-- Evidence of who somebody is. A postal code is of one 町: with the numbers of the street it is a home, however the street is
-- written. The rules of Enrollment (`IdentityRecord.home`) say the same.
CREATE FUNCTION home_of(postal_code text, street text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN postal_code || ':' || btrim(regexp_replace(
    translate(street, '０１２３４５６７８９〇一二三四五六七八九', '01234567890123456789'), '[^0-9]+', '-', 'g'), '-');
CREATE INDEX applications_by_home ON applications (home_of(postal_code, street));
CREATE INDEX applications_by_phone ON applications (phone COLLATE "C") WHERE phone <> '';
