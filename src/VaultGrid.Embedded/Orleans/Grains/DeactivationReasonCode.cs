namespace Orleans;

/// <summary>Why an activation ends, as a code.</summary>
[GenerateSerializer]
#pragma warning disable CA1028 // The underlying type is Orleans's.
public enum DeactivationReasonCode : byte
#pragma warning restore CA1028
{
    None = 0,
    ShuttingDown = 1,
    ActivationFailed = 2,
    DirectoryFailure = 3,
    ActivationIdle = 4,
    ActivationUnresponsive = 5,
    DuplicateActivation = 6,
    IncompatibleRequest = 7,
    ApplicationError = 8,
    ApplicationRequested = 9,
    Migrating = 10,
    RuntimeRequested = 11,
    HighMemoryPressure = 12,
}
