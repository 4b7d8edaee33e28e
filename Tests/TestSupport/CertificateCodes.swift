public import Postgres

/// The codes of the QR codes that were given out, as they stand in an address, the oldest first.
public let givenOutCodes: SQL = """
    SELECT translate(encode(code, 'base64'), '+/=' || chr(10), '-_') AS code
    FROM certificate_codes ORDER BY known_from, id
    """
