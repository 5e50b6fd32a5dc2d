using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>A call to an enclave: it can write itself, and read its own answer.</summary>
/// <typeparam name="TAnswer">What the enclave answers when it doesn't refuse.</typeparam>
public abstract record EnclaveCall<TAnswer>
    where TAnswer : notnull
{
    /// <summary>The call's number on the wire.</summary>
    public abstract EnclaveCallKind Kind { get; }

    /// <summary>Writes the call's body.</summary>
    public abstract void Write(WireWriter writer);

    /// <summary>Reads the answer's body.</summary>
    public abstract TAnswer ReadAnswer(ref WireReader reader);
}
