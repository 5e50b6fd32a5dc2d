using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts;

/// <summary>What came of an approved action.</summary>
public abstract record Performed
{
    private Performed() { }

    /// <summary>A signature (<c>sign</c>).</summary>
    public sealed record Signed(EcdsaAnswer Signature) : Performed;

    /// <summary>A key was made (<c>create-key</c>).</summary>
    public sealed record KeyCreated(KeyEvidence Evidence) : Performed;

    /// <summary>A document took effect (<c>change-policy</c>, <c>change-admins</c>, <c>change-membership</c>).</summary>
    public sealed record Recorded(ApprovedRecord Record) : Performed;

    /// <summary>The node destroyed its keys (<c>retire-node</c>), or goes on with the store it has (<c>restore-node</c>).</summary>
    public sealed record Moved(EnclavePhase Phase) : Performed;

    /// <summary>A Trust was sealed (<c>bootstrap-trust</c>): the Trust with the approval and the seal (<see cref="Trust.ToBytes"/>).</summary>
    public sealed record TrustSealed(ReadOnlyMemory<byte> Trust) : Performed;

    /// <summary>Alarms were forgotten (<c>alarm-clear</c>).</summary>
    /// <param name="Alarms">The hash of those that are left.</param>
    public sealed record AlarmsCleared(Hash256 Alarms) : Performed;

    /// <summary>Writes it in VaultGrid's binary encoding.</summary>
    public static void Write(WireWriter writer, Performed performed)
    {
        ArgumentNullException.ThrowIfNull(writer);
        switch (performed)
        {
            case Signed signed:
                EcdsaAnswer.Write(writer.U8(1), signed.Signature);
                break;
            case KeyCreated created:
                KeyEvidence.Write(writer.U8(2), created.Evidence);
                break;
            case Recorded recorded:
                ApprovedRecord.Write(writer.U8(3), recorded.Record);
                break;
            case Moved moved:
                writer.U8(4).U8((byte)moved.Phase);
                break;
            case TrustSealed sealedTrust:
                writer.U8(10).Bytes(sealedTrust.Trust.Span);
                break;
            case AlarmsCleared cleared:
                writer.U8(20).Hash(cleared.Alarms);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(performed));
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Performed Read(ref WireReader reader)
    {
        switch (reader.U8())
        {
            case 1: return new Signed(EcdsaAnswer.Read(ref reader));
            case 2: return new KeyCreated(KeyEvidence.Read(ref reader));
            case 3: return new Recorded(ApprovedRecord.Read(ref reader));
            case 4: return new Moved((EnclavePhase)reader.U8());
            case 10: return new TrustSealed(reader.Memory(Trust.ByteLimit));
            case 20: return new AlarmsCleared(reader.Hash());
            default:
                reader.Fail("an unknown kind of result");
                return new Moved(default);
        }
    }
}
