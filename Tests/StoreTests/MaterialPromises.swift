import Postgres

extension Promise {
    static let materials: [Promise] = [
        unique(
            "material_requests_once_key_unique",
            "UPDATE material_requests SET once_key = 'same'"),
        check(
            "material_facts_counts_are_in_range", "UPDATE material_facts SET sticker_count = -1"),
        check(
            "material_facts_ask_for_something",
            """
            UPDATE material_facts SET sticker_count = 0, nametag_count = 0, material_count = 0
            """),
        check(
            "material_facts_postal_code_has_seven_digits",
            "UPDATE material_facts SET postal_code = '102009'"),
        check("material_facts_addressee_given", "UPDATE material_facts SET addressee = ''"),
        check("material_facts_state_is_known", "UPDATE material_facts SET state = '?'"),
        check(
            "material_facts_sent_say_when", "UPDATE material_facts SET sent_on = '2026-05-01'"),
        check(
            "material_facts_returned_say_when",
            "UPDATE material_facts SET returned_on = '2026-05-01'"),
        check(
            "material_facts_come_back_after_they_left",
            """
            UPDATE material_facts SET state = 'returned', sent_on = '2026-05-02',
                returned_on = '2026-05-01'
            """),
        check(
            "material_facts_known_in_order",
            "UPDATE material_facts SET known_until = '2026-04-01'"),
        unique(
            "material_facts_one_standing_per_request",
            "UPDATE material_facts SET request_id = (SELECT min(id) FROM material_requests)"),
    ]
}
