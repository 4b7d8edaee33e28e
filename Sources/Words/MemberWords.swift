/// What an organization's roster says in place of what the organization may not know.
public enum MemberWords {
    public static let notShown = "非公開"

    public static let whyNotShown =
        "受付番号と状態は、この団体が送った応募と、ご本人が団体への共有に同意した応募について示します。ほかは「\(notShown)」とします。"
}
