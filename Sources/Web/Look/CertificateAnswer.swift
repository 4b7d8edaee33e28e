internal import HTTP
internal import Procedures

extension CertificateFile {
    /// To be saved; nobody on the way keeps it.
    var response: Response {
        Response(.ok, type: "application/pdf", bytes: bytes)
            .with(.contentDisposition, ContentDisposition.attachment(filename: name))
            .with(.cacheControl, "no-store")
    }
}
