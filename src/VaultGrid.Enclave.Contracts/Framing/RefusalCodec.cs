using VaultGrid.Model.Wire;

namespace VaultGrid.Enclave.Contracts.Framing;

/// <summary>Refusals on the wire: the code's stable name and the detail.</summary>
public static class RefusalCodec
{
    /// <summary>Writes a refusal; a longer detail is cut.</summary>
    public static void Write(WireWriter writer, Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(refusal);
        var detail = refusal.Detail.Length <= EnclaveLimits.Text / 4 ? refusal.Detail : refusal.Detail[..(EnclaveLimits.Text / 4)];
        writer.Text(refusal.Code.Name()).Text(detail);
    }

    /// <summary>Reads a refusal; what can't be read becomes one of its own.</summary>
    public static Refusal Read(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        var refusal = Read(ref reader);
        return reader.End("a refusal", out var malformed, RefusalCode.EnclaveFault) ? refusal : malformed;
    }

    /// <summary>Reads a refusal that stands within an answer.</summary>
    public static Refusal Read(ref WireReader reader)
    {
        var name = reader.Text(EnclaveLimits.Text);
        var detail = reader.Text(EnclaveLimits.Text);
        return RefusalCodes.TryParse(name, out var code)
            ? new Refusal(code, detail)
            : new Refusal(RefusalCode.EnclaveFault, $"the enclave refused with a code that this version does not know: {detail}");
    }
}
