-- 0024 searching
-- Why:       the office finds people also by telephone, given name, postal code, address and part of a mail address, without
--            reading all applications.
-- Locks:     SHARE on applications while its indexes are made.
-- Old code:  ignores them.   Back: drop the indexes, then the functions.
-- Retention: as before; what is forgotten is in no index.

-- What a folded whole ends with that a part of it stands for: 太郎 of 渡辺太郎. Selectors of glyphs, spaces and ・ are not
-- in a folded text.
CREATE FUNCTION tail_of(folded text, part text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN right(folded, char_length(regexp_replace(part, '[\uFE00-\uFE0F\U000E0100-\U000E01EF \u3000・･]', '', 'g')));

-- 町字以下 with one way of writing digits and hyphens; `StreetKey` of the program folds what is typed in the same way.
CREATE FUNCTION street_key(street text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN translate(street, '０１２３４５６７８９〇一二三四五六七八九－−‐‑–—―ーヶが　 ', '01234567890123456789--------ケケ');

CREATE INDEX applications_by_given_name ON applications
    (tail_of(split_part(match_key, '|', 1), given_name) COLLATE "C", id) WHERE given_name <> '';
CREATE INDEX applications_by_given_kana ON applications
    (tail_of(split_part(loose_key, '|', -1), given_name_kana) COLLATE "C", id) WHERE given_name_kana <> '';
CREATE INDEX applications_by_postal_code ON applications (postal_code COLLATE "C", id) WHERE street <> '';
CREATE INDEX applications_by_street ON applications (street_key(street) COLLATE "C", id) WHERE street <> '';
CREATE INDEX applications_by_city ON applications (municipality_code, street_key(street) COLLATE "C", id)
    WHERE street <> '';
CREATE INDEX applications_by_mail_domain ON applications (split_part(lower(email), '@', 2) COLLATE "C", id)
    WHERE email <> '';
