/// Which Conclave this is, by semantic versioning; the number of the next release until that is made.
public let conclaveVersion = "0.1.0"
