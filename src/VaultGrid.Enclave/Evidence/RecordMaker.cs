namespace VaultGrid.Enclave;

/// <summary>Makes this enclave's records of what it carried out.</summary>
internal sealed class RecordMaker(EnclaveClock clock)
{
    /// <summary>The largest evidence of one key or chain, in bytes: it must fit a frame with room to spare.</summary>
    private const int Largest = EnclaveLimits.Frame / 2;

    /// <summary>Signs that a request took effect now.</summary>
    public ApprovedRecord Make(PerformCall call, ReadOnlyMemory<byte> document, VaultState state)
    {
        var time = clock.NowInSeconds;
        var statement = ApprovedRecord.Statement(call.Request.Span, document.Span, time);
        var signature = state.Identity!.Key!.Sign(statement);
        return new ApprovedRecord(call.Request, call.Approvals, document, time, state.Certificate!.Der, signature);
    }

    /// <summary>Refuses a chain that would no longer fit a message; <c>input.too-large</c>.</summary>
    public static Outcome<Done> CheckRoom(IEnumerable<ApprovedRecord> chain)
    {
        var writer = new WireWriter();
        foreach (var record in chain) ApprovedRecord.Write(writer, record);
        return writer.Written.Length <= Largest
            ? default(Done)
            : new Refusal(RefusalCode.InputTooLarge, $"the chain of records has grown beyond {Largest} bytes");
    }
}
