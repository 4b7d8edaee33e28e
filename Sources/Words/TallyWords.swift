/// Words of counts.
public enum TallyWords {
    /// Those who belong to no body.
    public static let individuals = "個人（団体に所属しない）"
}
