-- 0022 postal codes
-- Why:       zeros that a spreadsheet eats are given back where the code belongs to the place, and a code of
--            another place is asked about; so is a ward that a city does not have. And 社員番号 is compared
--            without hyphens and zeros at its start from now on, so that people known by one are found again.
-- Locks:     none on what is there but for rows of applications without a mail address, while they are written.
-- Old code:  ignores the tables; does not find again whom it knew by a number with hyphens or zeros.
-- Back:      drop the tables; the keys may stay.
-- Retention: kept for ever; no personal data.

CREATE TABLE postal_areas (
    area   text PRIMARY KEY,
    places text NOT NULL,
    CONSTRAINT postal_areas_area_has_three_digits CHECK (area ~ '^[0-9]{3}$'),
    -- 01102:0000/0010-0040;01303:8089
    CONSTRAINT postal_areas_places_are_runs CHECK (places ~
        '^([0-9]{5}:[0-9]{4}(-[0-9]{4})?(/[0-9]{4}(-[0-9]{4})?)*(;|$))+$' AND places !~ ';$')
);

CREATE TABLE wards (
    code              text PRIMARY KEY,
    name              text NOT NULL,
    ended_on          date,
    municipality_code text NOT NULL REFERENCES municipalities (code),
    CONSTRAINT wards_code_has_five_digits CHECK (code ~ '^[0-9]{5}$'),
    CONSTRAINT wards_name_given CHECK (name <> '')
);

-- Two of a year that become alike stay as they are: they are the same person twice, which the office decides.
WITH known AS (
    SELECT id, fiscal_year, kind, match_key,
           left(match_key, -length(employee_number)) || coalesce(nullif(ltrim(
               translate(employee_number, '-‐‑‒–—―−─ー 　', ''), '0'), ''), '0') AS folded
    FROM applications
    WHERE email = '' AND employee_number <> '' AND match_key LIKE '%#' || employee_number
), alone AS (
    SELECT *, count(*) OVER (PARTITION BY fiscal_year, kind, folded) AS alike FROM known
)
UPDATE applications a SET match_key = alone.folded
FROM alone WHERE alone.id = a.id AND alone.alike = 1 AND alone.folded <> alone.match_key;
