/// The lines around a certificate: our own drawing, 192 × 279 mm.
enum CertificateFrame {
    static let svg: [UInt8] = {
        let corners = [(9.5, 9.5), (9.5, 269.5), (182.5, 9.5), (182.5, 269.5)]
        let leaves = corners.map { "<g transform=\"translate(\($0.0) \($0.1))\">\(leaf)</g>" }
        return Array(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 192 279"><g fill="none">\
            <path d="M2 2h188v275H2z" stroke="#0b2a6b" stroke-width="1.6"/>\
            <path d="M17 5.5h158a11.5 11.5 0 0 0 11.5 11.5v245a11.5 11.5 0 0 0-11.5 11.5H17\
            A11.5 11.5 0 0 0 5.5 262V17A11.5 11.5 0 0 0 17 5.5z" stroke="#b78f00" \
            stroke-width=".5"/>\
            <path d="M18.5 7.5h155a11.5 11.5 0 0 0 11 11v242a11.5 11.5 0 0 0-11 11h-155\
            a11.5 11.5 0 0 0-11-11v-242a11.5 11.5 0 0 0 11-11z" stroke="#0b2a6b" \
            stroke-width=".35"/></g><g fill="#b78f00">\(leaves.joined())</g></svg>
            """.utf8)
    }()

    private static let leaf = """
        <path d="M0-3.6C1.8-2 1.8-1 0 0-1.8-1-1.8-2 0-3.6zM0 3.6C1.8 2 1.8 1 0 0-1.8 1-1.8 2 0 3.6z\
        M-3.6 0C-2-1.8-1-1.8 0 0-1 1.8-2 1.8-3.6 0zM3.6 0C2-1.8 1-1.8 0 0 1 1.8 2 1.8 3.6 0z"/>
        """
}
