/// 同じ人・別人. What the office says of a row that may name somebody a second time.
public enum DoubtAnswer: String, CaseIterable, Sendable { case same, different }
