using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>How the D key of a node is made.</summary>
public enum DeviceKeyAlgorithm : byte
{
    /// <summary>ECDSA on P-256: the default.</summary>
    P256 = 1,

    /// <summary>RSA with 3072 bits.</summary>
    Rsa3072 = 2,
}

/// <summary>Gives a fresh enclave its identity and its pins; it makes its D key and asks for a certificate.</summary>
/// <param name="Node">Who it shall be.</param>
/// <param name="DeviceKey">How its D key is made.</param>
/// <param name="Root">The Root CA's certificate, DER: pinned for good.</param>
/// <param name="Admins">The administrators' policies, canonical bytes, from number 1 to the one in force; each names its predecessor, so the last one's hash pins all.</param>
/// <param name="Adapter">The adapter that the enclave has to rest on, one of <see cref="Adapters"/>; another one refuses with <c>node.adapter</c>. Null for any; a last, optional section on the wire.</param>
public sealed record ProvisionCall(
    NodeId Node, DeviceKeyAlgorithm DeviceKey, ReadOnlyMemory<byte> Root, IReadOnlyList<ReadOnlyMemory<byte>> Admins, string? Adapter = null) : EnclaveCall<ProvisionAnswer>
{
    /// <summary>The kinds of adapters that there are.</summary>
    public static IReadOnlyList<string> Adapters { get; } = ["software", "pkcs11", "tpm"];

    /// <inheritdoc/>
    public override EnclaveCallKind Kind => EnclaveCallKind.Provision;

    /// <inheritdoc/>
    public override void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Node(Node).U8((byte)DeviceKey).Bytes(Root.Span).List(Admins, (to, policy) => to.Bytes(policy.Span));
        if (Adapter is { } adapter) writer.Text(adapter);
    }

    /// <inheritdoc/>
    public override ProvisionAnswer ReadAnswer(ref WireReader reader) => new(reader.Memory(EnclaveLimits.Certificate), reader.Hash());

    /// <summary>Reads the call's body.</summary>
    public static ProvisionCall Read(ref WireReader reader) => new(
        reader.NodeId(),
        ReadAlgorithm(ref reader),
        reader.Memory(EnclaveLimits.Certificate),
        reader.List(EnclaveLimits.Records, (ref WireReader from) => from.Memory(EnclaveLimits.Document)),
        ReadAdapter(ref reader));

    private static string? ReadAdapter(ref WireReader reader)
    {
        if (reader.AtEnd || reader.Failed) return null;
        var adapter = reader.Text(EnclaveLimits.Text);
        if (!Adapters.Contains(adapter)) reader.Fail("an adapter is unknown");
        return adapter;
    }

    private static DeviceKeyAlgorithm ReadAlgorithm(ref WireReader reader)
    {
        var algorithm = (DeviceKeyAlgorithm)reader.U8();
        if (!Enum.IsDefined(algorithm)) reader.Fail("a device key algorithm is unknown");
        return algorithm;
    }
}

/// <summary>What a provisioned enclave answers.</summary>
/// <param name="Request">A PKCS#10 request, DER, that names the node and carries the hash of the pins: the Cluster CA refuses another one.</param>
/// <param name="Admins">That hash: the administrators' policy in force.</param>
public sealed record ProvisionAnswer(ReadOnlyMemory<byte> Request, Hash256 Admins)
{
    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Bytes(Request.Span).Hash(Admins);
    }
}
