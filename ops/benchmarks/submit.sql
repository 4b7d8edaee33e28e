-- The statements of one filing as Store says them (Drafts, LiveApplications, SubmissionRows, Outbox,
-- Events, ApplicationRecord), in their order and with values of the same size. @words@ in at-signs are filled in by submit.py.
\set k :k + 1
\set n @base@ + :client_id * @each@ + :k
BEGIN;
SELECT key, value, fiscal_year, once_key, confirmed_at, receipt
  FROM drafts LEFT JOIN jsonb_each_text(answers) AS answer(key, value) ON true WHERE token_hash = int8send(:n);
SELECT a.id, a.person_id, a.kind, a.receipt, a.state, a.submitted_by,
    a.mail_confirmed_at IS NOT NULL AS is_confirmed,
    a.kind || a.match_key AS key,
    coalesce(array_agg(f.organization_id) FILTER (WHERE f.id IS NOT NULL), '{}') AS bodies,
    coalesce(array_agg(f.row_hash) FILTER (WHERE f.id IS NOT NULL), '{}') AS digests,
    coalesce(array_agg(coalesce(b.path, '')) FILTER (WHERE f.id IS NOT NULL), '{}') AS places
  FROM applications a
  LEFT JOIN affiliations f ON f.person_id = a.person_id AND f.application_id = a.id
    AND f.known_until = 'infinity'
  LEFT JOIN business_places b ON b.id = f.business_place_id
  WHERE a.fiscal_year = @year@ AND a.match_key COLLATE "C" = '@match@' || :n
    AND a.state IN ('submitted', 'correcting', 'reviewing', 'approved', 'appointed')
    AND NOT a.appointment_ended
  GROUP BY a.id;
SELECT DISTINCT ON (match_key) match_key, person_id FROM applications
  WHERE match_key COLLATE "C" = '@match@' || :n
  ORDER BY match_key, id DESC;
INSERT INTO people (known_from) SELECT known_from FROM unnest(ARRAY['@now@']::timestamptz[]) AS f(known_from)
  RETURNING id AS person \gset
INSERT INTO applications (
    receipt, person_id, fiscal_year, kind, route, state, category, programme_id, organization_id,
    workplace_name, unit, activity_note, once_key, merged_into, submitted_by, mail_confirmed_at, family_name,
    given_name, family_name_kana, given_name_kana, family_name_0213, given_name_0213, no_reading,
    single_name, postal_code, prefecture_code, municipality_code, ward, street, building, email, phone,
    employee_number, badge_opt_in, news_opt_in, reuse_answer, share_consent, public_consent, workplace_key,
    match_key, loose_key, sort_key, content_hash, state_changed_at, received_on, received_at)
  SELECT
    receipt, person_id, fiscal_year, kind, route, state, category, programme_id, organization_id,
    workplace_name, unit, activity_note, once_key, merged_into, submitted_by, mail_confirmed_at, family_name,
    given_name, family_name_kana, given_name_kana, family_name_0213, given_name_0213, no_reading,
    single_name, postal_code, prefecture_code, municipality_code, ward, street, building, email, phone,
    employee_number, badge_opt_in, news_opt_in, reuse_answer, share_consent, public_consent, workplace_key,
    match_key, loose_key, sort_key, content_hash, '@now@'::timestamptz, '@day@'::date, '@now@'::timestamptz
  FROM unnest(
    ARRAY['26-B' || :n]::text[], ARRAY[:person]::bigint[], '{@year@}'::smallint[], '{promoter}'::text[],
    '{individual}'::text[], '{submitted}'::text[], '{agency_approved}'::text[], '{NULL}'::text[],
    '{NULL}'::bigint[], '{見本商店}'::text[], '{""}'::text[], '{公民館}'::text[], ARRAY['@once@' || :n]::text[],
    '{NULL}'::bigint[], '{NULL}'::bigint[], '{NULL}'::timestamptz[], '{髙橋}'::text[], '{渉}'::text[],
    '{タカハシ}'::text[], '{ワタル}'::text[], '{髙橋}'::text[], '{渉}'::text[], '{f}'::boolean[], '{f}'::boolean[],
    '{1020094}'::text[], '{13}'::text[], '{131016}'::text[], '{""}'::text[], '{紀尾井町1-3}'::text[],
    '{""}'::text[], ARRAY['@mail@' || :n || '@example.jp']::text[], '{""}'::text[], '{""}'::text[],
    '{t}'::boolean[], '{f}'::boolean[], '{no}'::text[], '{f}'::boolean[], '{f}'::boolean[], '{見本商店}'::text[],
    ARRAY['@match@' || :n]::text[], '{@loose@}'::text[], '{@sort@}'::text[], '{@digest@}'::text[])
    AS f(
    receipt, person_id, fiscal_year, kind, route, state, category, programme_id, organization_id,
    workplace_name, unit, activity_note, once_key, merged_into, submitted_by, mail_confirmed_at, family_name,
    given_name, family_name_kana, given_name_kana, family_name_0213, given_name_0213, no_reading,
    single_name, postal_code, prefecture_code, municipality_code, ward, street, building, email, phone,
    employee_number, badge_opt_in, news_opt_in, reuse_answer, share_consent, public_consent, workplace_key,
    match_key, loose_key, sort_key, content_hash)
  ON CONFLICT DO NOTHING
  RETURNING id AS application, receipt AS receipt \gset
INSERT INTO application_states (application_id, state, true_on, known_from)
  SELECT f.id, f.state, '@day@'::date, '@now@'::timestamptz
  FROM unnest(ARRAY[:application]::bigint[], '{submitted}'::text[]) AS f(id, state);
INSERT INTO viewings (person_id, application_id, fiscal_year, video_slot, grade, viewed_on, recorded_by, known_from)
  SELECT f.person, f.application, f.year, f.slot, f.grade, f.day, 'applicant', '@now@'::timestamptz
  FROM unnest(ARRAY[:person, :person]::bigint[], ARRAY[:application, :application]::bigint[], '{@year@,@year@}'::smallint[],
    '{1,2}'::smallint[], '{declared,declared}'::text[], '{@day@,@day@}'::date[])
    AS f(person, application, year, slot, grade, day)
  ON CONFLICT DO NOTHING;
INSERT INTO application_consents (application_id, kind, version, given_by, known_from)
  SELECT f.id, t.kind, t.version, f.giver, '@now@'::timestamptz
  FROM unnest(ARRAY[:application]::bigint[], '{person}'::text[], '{f}'::boolean[], '{f}'::boolean[], '{@year@}'::smallint[])
    AS f(id, giver, shares, publishes, year)
  JOIN consent_texts t ON t.fiscal_year = f.year
   AND (t.is_required OR (t.kind = 'share' AND f.shares) OR (t.kind = 'public' AND f.publishes));
INSERT INTO outbox (message_id, letter, recipient, subject, body, person_id, state, lane, repeats, send_at, created_at)
  SELECT f.message, f.letter, f.recipient, f.subject, f.body, f.person,
    CASE WHEN EXISTS (SELECT FROM appointment_terms d WHERE d.person_id = f.person
      AND d.known_until = 'infinity' AND d.end_reason = 'deceased') THEN 'suppressed' ELSE f.state END,
    f.lane, f.repeats, '@now@'::timestamptz, '@now@'::timestamptz
  FROM unnest(ARRAY['receipt-26-b' || :n || '@enroll.example']::text[], '{receipt}'::text[],
    ARRAY['@mail@' || :n || '@example.jp']::text[], ARRAY['@subject@']::text[], ARRAY['@body@']::text[],
    ARRAY[:person]::bigint[], '{waiting}'::text[], '{@lane@}'::text[], '{NULL}'::bigint[])
    AS f(message, letter, recipient, subject, body, person, state, lane, repeats);
INSERT INTO events (act, actor, subject, true_on, known_from, detail, details_digest, mark)
  SELECT f.act, 'applicant', f.subject, '@day@'::date, '@now@'::timestamptz, f.detail::json, f.digest, f.mark
  FROM unnest('{submit}'::text[], ARRAY['receipt:26-B' || :n]::text[], ARRAY['{"route":"individual"}']::text[],
              '{NULL}'::bytea[], ARRAY[decode(lpad(to_hex(:n::bigint), 56, '0'), 'hex')]::bytea[])
    AS f(act, subject, detail, digest, mark);
UPDATE drafts SET answers = '{}', receipt = '26-B' || :n WHERE token_hash = int8send(:n);
COMMIT;
-- The receipt page.
SELECT a.id, a.receipt, a.person_id, a.fiscal_year, a.kind, a.route, a.state, a.category, a.programme_id,
    a.organization_id, a.workplace_name, a.unit, a.activity_note, a.submitted_by, a.family_name, a.given_name,
    a.family_name_kana, a.given_name_kana, a.postal_code, a.street, a.building, a.email, a.phone, a.badge_opt_in,
    a.news_opt_in, a.reuse_answer, a.share_consent, a.public_consent, a.received_on,
    o.name AS organization_name, p.name AS programme_name, pr.name AS prefecture,
    (SELECT m.name FROM municipalities m WHERE m.code = a.municipality_code) || a.ward AS city,
    term.true_from, term.ends_on, term.end_reason
  FROM applications a LEFT JOIN organizations o ON o.id = a.organization_id
  LEFT JOIN programmes p ON p.fiscal_year = a.fiscal_year AND p.id = a.programme_id
  JOIN prefectures pr ON pr.code = a.prefecture_code
  LEFT JOIN LATERAL (
    SELECT t.true_from, t.ends_on, t.end_reason FROM appointments ap
    JOIN appointment_terms t ON t.appointment_id = ap.id AND t.known_until = 'infinity'
    WHERE ap.application_id = a.id AND ap.undone_by IS NULL LIMIT 1) term ON true
  WHERE a.receipt = (SELECT receipt FROM drafts WHERE token_hash = int8send(:n));
