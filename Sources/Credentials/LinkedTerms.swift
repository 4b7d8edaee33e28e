/// What a member of a JSON-LD object means, as the contexts of Verifiable Credentials 2.0 and Open
/// Badges 3.0.3 define it: its predicate, and what a string under it is.
struct LinkedTerm: Sendable {
    enum Form: Sendable {
        /// The address of something.
        case address
        /// One of a vocabulary's words.
        case word(of: String)
        case text
        /// Text of a datatype, by its address. A boolean has one, too.
        case typed(String)
        /// Only an object.
        case node
    }

    /// With its angle brackets.
    let predicate: [UInt8]
    let form: Form

    init(_ predicate: String, _ form: Form) {
        self.predicate = Array("<\(predicate)>".utf8)
        self.form = form
    }
}

/// The terms that our credentials use, by the class in which they stand: the same word means
/// different things in two classes, and what is not here is refused, because it would be signed by
/// nobody. Tests hold them to a JSON-LD processor and the published contexts.
enum LinkedTerms {
    private static let badges = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
    private static let credentials = "https://www.w3.org/2018/credentials#"
    private static let schema = "https://schema.org/"
    private static let security = "https://w3id.org/security#"
    private static let status = "https://www.w3.org/ns/credentials/status#"
    private static let moment = "http://www.w3.org/2001/XMLSchema#dateTime"
    private static let place = "https://www.w3.org/2001/XMLSchema#anyURI"

    static let typePredicate = Array("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>".utf8)

    /// The address of a class.
    static let classes: [String: [UInt8]] = [
        "VerifiableCredential": credentials + "VerifiableCredential",
        "OpenBadgeCredential": badges + "OpenBadgeCredential",
        "AchievementSubject": badges + "AchievementSubject",
        "Achievement": badges + "Achievement", "Profile": badges + "Profile",
        "Image": badges + "Image", "IdentityObject": badges + "IdentityObject",
        "Criteria": badges + "Criteria", "Alignment": schema + "AlignmentObject",
        "BitstringStatusListEntry": status + "BitstringStatusListEntry",
        "BitstringStatusListCredential": status + "BitstringStatusListCredential",
        "BitstringStatusList": status + "BitstringStatusList",
        "DataIntegrityProof": security + "DataIntegrityProof",
    ].mapValues { Array("<\($0)>".utf8) }

    /// The class of an object that names none, by the member under which it stands.
    static let unnamed = ["criteria": "Criteria"]

    static let terms: [String: [String: LinkedTerm]] = [
        "OpenBadgeCredential": credential.merging([
            "image": LinkedTerm(badges + "image", .address),
            "awardedDate": LinkedTerm(badges + "awardedDate", .typed("xsd:dateTime")),
            "credentialStatus": LinkedTerm(credentials + "credentialStatus", .node),
        ]) { $1 },
        "BitstringStatusListCredential": credential,
        "BitstringStatusList": [
            "statusPurpose": LinkedTerm(status + "statusPurpose", .text),
            "encodedList": LinkedTerm(status + "encodedList", .typed(security + "multibase")),
        ],
        "BitstringStatusListEntry": [
            "statusPurpose": LinkedTerm(status + "statusPurpose", .text),
            "statusListIndex": LinkedTerm(status + "statusListIndex", .text),
            "statusListCredential": LinkedTerm(status + "statusListCredential", .address),
        ],
        "DataIntegrityProof": [
            "created": LinkedTerm("http://purl.org/dc/terms/created", .typed(moment)),
            "cryptosuite": LinkedTerm(
                security + "cryptosuite", .typed(security + "cryptosuiteString")),
            "proofPurpose": LinkedTerm(security + "proofPurpose", .word(of: security)),
            "verificationMethod": LinkedTerm(security + "verificationMethod", .address),
        ],
        "AchievementSubject": [
            "achievement": LinkedTerm(badges + "achievement", .node),
            "identifier": LinkedTerm(badges + "identifier", .node),
        ],
        "Achievement": achievement, "Profile": profile, "IdentityObject": identity,
        "Image": ["caption": LinkedTerm(schema + "caption", .text)],
        "Criteria": ["narrative": LinkedTerm(badges + "narrative", .text)],
        "Alignment": [
            "targetName": LinkedTerm(schema + "targetName", .text),
            "targetUrl": LinkedTerm(schema + "targetUrl", .typed(place)),
        ],
    ]

    private static let credential = [
        "name": LinkedTerm(schema + "name", .text),
        "description": LinkedTerm(schema + "description", .text),
        "issuer": LinkedTerm(credentials + "issuer", .address),
        "validFrom": LinkedTerm(credentials + "validFrom", .typed(moment)),
        "validUntil": LinkedTerm(credentials + "validUntil", .typed(moment)),
        "credentialSubject": LinkedTerm(credentials + "credentialSubject", .node),
    ]

    private static let achievement = [
        "achievementType": LinkedTerm(badges + "achievementType", .text),
        "alignment": LinkedTerm(badges + "alignment", .node),
        "criteria": LinkedTerm(badges + "Criteria", .node),
        "description": LinkedTerm(schema + "description", .text),
        "image": LinkedTerm(badges + "image", .address),
        "inLanguage": LinkedTerm(schema + "inLanguage", .text),
        "name": LinkedTerm(schema + "name", .text),
        "tag": LinkedTerm(schema + "keywords", .text),
        "version": LinkedTerm(badges + "version", .text),
    ]

    private static let profile = [
        "name": LinkedTerm(schema + "name", .text),
        "url": LinkedTerm(schema + "url", .typed(place)),
        "email": LinkedTerm(schema + "email", .text),
        "image": LinkedTerm(badges + "image", .address),
    ]

    private static let identity = [
        "hashed": LinkedTerm(
            badges + "hashed", .typed("https://www.w3.org/2001/XMLSchema#boolean")),
        "identityHash": LinkedTerm(badges + "identityHash", .text),
        "identityType": LinkedTerm(badges + "identityType", .text),
        "salt": LinkedTerm(badges + "salt", .text),
    ]
}
