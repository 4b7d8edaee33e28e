-- 0015 certificates
-- Why:       what a 任命状 says beside the appointment itself (who appoints, in which words) changes with the minister, and is
--            that of the day of the decision for ever after.
-- Locks:     none, a new table.
-- Old code:  ignores it.   Back: drop the table.
-- Retention: kept for ever; no personal data of applicants.
CREATE TABLE certificate_words (
    name       text NOT NULL,
    -- Of decisions from this day on it holds, until a later row of the name does.
    valid_from date NOT NULL,
    value      text NOT NULL,
    source     text NOT NULL,
    CONSTRAINT certificate_words_once PRIMARY KEY (name, valid_from),
    CONSTRAINT certificate_words_name_is_known CHECK (name IN
        ('issuer_title', 'issuer_name', 'sentence', 'request', 'note', 'seal_place')),
    CONSTRAINT certificate_words_value_given CHECK (value <> '' OR name IN ('note', 'seal_place')),
    CONSTRAINT certificate_words_say_where_from CHECK (source <> '')
);
