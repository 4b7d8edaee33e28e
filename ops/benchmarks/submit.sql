-- The statements of one filing as Store says them (Drafts, LiveApplications, SubmissionRows, Outbox, Events), in
-- their order and with values of the same size. @words@ in at-signs are filled in by submit.py.
\set k :k + 1
\set n @base@ + :client_id * @each@ + :k
BEGIN;
SELECT key, value, fiscal_year, once_key, confirmed_at, receipt
  FROM drafts LEFT JOIN jsonb_each_text(answers) AS answer(key, value) ON true WHERE token_hash = int8send(:n);
SELECT a.id, a.person_id, a.kind, a.receipt, a.state, a.submitted_by, a.kind || a.match_key AS key,
    coalesce(array_to_string(array_agg(f.organization_id), ','), '') AS bodies,
    coalesce(array_to_string(array_agg(f.row_hash), ','), '') AS digests
  FROM applications a
  LEFT JOIN affiliations f ON f.person_id = a.person_id AND f.application_id = a.id AND f.known_until = 'infinity'
  WHERE a.fiscal_year = @year@ AND a.match_key COLLATE "C" = '@match@' || :n
    AND a.state IN ('submitted', 'correcting', 'reviewing', 'approved', 'appointed')
    AND NOT a.appointment_ended
  GROUP BY a.id;
SELECT DISTINCT ON (match_key) match_key, person_id FROM applications
  WHERE match_key COLLATE "C" = '@match@' || :n
  ORDER BY match_key, id DESC;
INSERT INTO people (known_from) SELECT known_from FROM unnest(ARRAY['@now@']::timestamptz[]) AS f(known_from)
  RETURNING id AS person \gset
INSERT INTO applications (receipt, person_id, fiscal_year, kind, route, state,
    state_changed_at, category, programme_id, organization_id, workplace_name, workplace_key, unit, activity_note,
    family_name, given_name, family_name_kana, given_name_kana, family_name_0213,
    given_name_0213, no_reading, single_name, postal_code, prefecture_code,
    municipality_code, ward, street, building, email, phone, employee_number,
    badge_opt_in, news_opt_in, reuse_answer, share_consent, public_consent, match_key,
    loose_key, sort_key, content_hash, once_key, merged_into, received_on, received_at)
  SELECT f.receipt, f.person, f.year, f.kind, f.route, f.state,
    '@now@'::timestamptz, f.category, f.programme, f.body, f.workplace, f.workplace_key, f.unit, f.note,
    f.family, f.given, f.family_kana, f.given_kana, f.family_0213, f.given_0213,
    f.no_reading, f.single_name, f.postal, f.prefecture, f.municipality, f.ward,
    f.street, f.building, f.email, f.phone, f.employee, f.badge, f.news, f.reuse,
    f.share, f.public, f.match, f.loose, f.sort, f.digest, f.once, f.merged,
    '@day@'::date, '@now@'::timestamptz
  FROM unnest(
    ARRAY['26-B' || :n]::text[], ARRAY[:person]::bigint[], '{@year@}'::smallint[], '{promoter}'::text[],
    '{individual}'::text[], '{submitted}'::text[], '{agency_approved}'::text[], '{NULL}'::text[],
    '{NULL}'::bigint[], '{見本商店}'::text[], '{見本商店}'::text[], '{""}'::text[], '{公民館}'::text[], '{髙橋}'::text[], '{渉}'::text[], '{タカハシ}'::text[],
    '{ワタル}'::text[], '{髙橋}'::text[], '{渉}'::text[], '{f}'::boolean[], '{f}'::boolean[], '{1020094}'::text[],
    '{13}'::text[], '{131016}'::text[], '{""}'::text[], '{紀尾井町1-3}'::text[], '{""}'::text[],
    ARRAY['@mail@' || :n || '@example.jp']::text[], '{""}'::text[], '{""}'::text[], '{t}'::boolean[],
    '{f}'::boolean[], '{no}'::text[], '{f}'::boolean[], '{f}'::boolean[], ARRAY['@match@' || :n]::text[],
    '{@loose@}'::text[], '{@sort@}'::text[], '{@digest@}'::text[], ARRAY['@once@' || :n]::text[], '{NULL}'::bigint[])
    AS f(receipt, person, year, kind, route, state, category, programme, body, workplace, workplace_key, unit, note,
      family, given, family_kana, given_kana, family_0213, given_0213, no_reading,
      single_name, postal, prefecture, municipality, ward, street, building, email,
      phone, employee, badge, news, reuse, share, public, match, loose, sort, digest,
      once, merged)
  ON CONFLICT DO NOTHING
  RETURNING id AS application, receipt AS receipt \gset
INSERT INTO application_states (application_id, state, true_on, known_from)
  SELECT f.id, f.state, '@day@'::date, '@now@'::timestamptz
  FROM unnest(ARRAY[:application]::bigint[], '{submitted}'::text[]) AS f(id, state);
INSERT INTO viewings (person_id, application_id, fiscal_year, video_slot, grade, viewed_on, recorded_by, known_from)
  SELECT f.person, f.application, f.year, f.slot, f.grade, f.day, 'applicant', '@now@'::timestamptz
  FROM unnest(ARRAY[:person, :person]::bigint[], ARRAY[:application, :application]::bigint[], '{@year@,@year@}'::smallint[],
    '{1,2}'::smallint[], '{declared,declared}'::text[], '{@day@,@day@}'::date[])
    AS f(person, application, year, slot, grade, day);
INSERT INTO application_consents (application_id, kind, version, given_by, known_from)
  SELECT f.id, t.kind, t.version, f.giver, '@now@'::timestamptz
  FROM unnest(ARRAY[:application]::bigint[], '{person}'::text[], '{f}'::boolean[], '{f}'::boolean[], '{@year@}'::smallint[])
    AS f(id, giver, shares, publishes, year)
  JOIN consent_texts t ON t.fiscal_year = f.year
   AND (t.is_required OR (t.kind = 'share' AND f.shares) OR (t.kind = 'public' AND f.publishes));
INSERT INTO outbox (message_id, letter, recipient, subject, body, person_id, state, send_at, created_at)
  SELECT f.message, f.letter, f.recipient, f.subject, f.body, f.person, f.state, '@now@'::timestamptz, '@now@'::timestamptz
  FROM unnest(ARRAY['receipt-26-b' || :n || '@enroll.example']::text[], '{receipt}'::text[],
    ARRAY['@mail@' || :n || '@example.jp']::text[], ARRAY['@subject@']::text[], ARRAY['@body@']::text[],
    ARRAY[:person]::bigint[], '{waiting}'::text[])
    AS f(message, letter, recipient, subject, body, person, state);
INSERT INTO events (act, actor, subject, true_on, known_from, detail, details_digest, mark)
  SELECT f.act, 'applicant', f.subject, '@day@'::date, '@now@'::timestamptz, f.detail::json, f.digest, f.mark
  FROM unnest('{submit}'::text[], ARRAY['receipt:26-B' || :n]::text[], ARRAY['{"route":"individual"}']::text[],
              '{NULL}'::bytea[], ARRAY[decode(lpad(to_hex(:n::bigint), 56, '0'), 'hex')]::bytea[])
    AS f(act, subject, detail, digest, mark);
UPDATE drafts SET answers = '{}', receipt = '26-B' || :n WHERE token_hash = int8send(:n);
COMMIT;
-- The receipt page.
SELECT key, value, fiscal_year, once_key, confirmed_at, receipt
  FROM drafts LEFT JOIN jsonb_each_text(answers) AS answer(key, value) ON true WHERE token_hash = int8send(:n);
