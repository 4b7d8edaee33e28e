-- 0019 mail lanes
-- Why:       a code must not wait behind a mass mail: letters go in lanes, each fair by the domain of its
--            recipients. What a mail server has against us holds the queue and ends no letter.
-- Locks:     outbox against writing while its constraint is checked and two indexes are built (55,000 letters: under
--            a second).
-- Old code:  writes letters of the lane of receipts, and still sends all; does not keep to a hold.
-- Back:      drop the column and the table.
-- Retention: as outbox; of a hold nothing is left.

ALTER TABLE outbox ADD COLUMN lane text NOT NULL DEFAULT 'receipts';
ALTER TABLE outbox ADD CONSTRAINT outbox_lane_is_known CHECK (lane IN ('codes', 'receipts', 'mass'));
UPDATE outbox SET lane = CASE letter WHEN 'code' THEN 'codes' ELSE 'mass' END WHERE state = 'waiting';
CREATE INDEX outbox_by_lane_and_domain ON outbox
    (lane, (lower(split_part(recipient, '@', 2)) COLLATE "C"), send_at, id) WHERE state = 'waiting';
CREATE INDEX outbox_failed ON outbox (id) WHERE state = 'failed';

CREATE TABLE mail_hold (
    only_row boolean     NOT NULL DEFAULT true PRIMARY KEY,
    why      text        NOT NULL,
    since    timestamptz NOT NULL,
    until    timestamptz NOT NULL,
    tries    integer     NOT NULL,
    CONSTRAINT mail_hold_has_one_row CHECK (only_row),
    CONSTRAINT mail_hold_says_why CHECK (why <> '')
);
