namespace VaultGrid.Enclave;

/// <summary>Both sides of the witness rule: records what others ask to have recorded, and takes what they say of this enclave's own steps (protocols §2, rollback).</summary>
internal sealed class Witnessing(SealedVault vault, CertificateGate certificates)
{
    /// <summary>Records what is newer than what is known, durably, and signs what is held. Lists may be overdue: it uses no key of anybody's, and a cluster must be able to come back.</summary>
    public Outcome<SignedStatement> Record(WitnessCall call)
    {
        if (!Speaker(call.Request, vault.State).Is(out var asker, out var refusal)) return refusal;
        if (!WitnessRequest.Parse(call.Request.Statement.Span).Is(out var request, out refusal)) return refusal;
        if (request.Node != asker.Identity.Node || request.Node == vault.State.Node)
            return new Refusal(RefusalCode.NodeForeign, "the request is of another node than the certificate that came with it, or of this one");

        var key = new Hash256(asker.Key.SpkiHash.Span);
        var recorded = vault.Change<WitnessBook.Record>(state =>
        {
            if (!state.Witnessed.With(new WitnessBook.Record(key, request.Version, request.Part)).Is(out var book, out var full)) return full;
            var next = ReferenceEquals(book, state.Witnessed) ? state : state with { Witnessed = book };
            return new Step<WitnessBook.Record>(next, book.Find(key)!);
        });
        if (!recorded.Is(out var held, out refusal)) return refusal;
        var state = vault.State;
        var statement = new WitnessStatement(state.Node, key, held.Version, held.Part, request.Nonce).ToBytes();
        return new SignedStatement(statement, state.Certificate!.Der, state.Identity!.Key!.Sign(statement));
    }

    /// <summary>Takes what witnesses said; what can't be verified is passed over, since it came through other hands.</summary>
    public Outcome<WitnessNeed> Take(WitnessesCall call)
    {
        var state = vault.State;
        var said = new List<WitnessStatement>();
        foreach (var each in call.Said)
        {
            if (!Speaker(each, state).Is(out var witness, out _) || !WitnessStatement.Parse(each.Statement.Span).Is(out var statement, out _)) continue;
            if (statement.Witness == witness.Identity.Node && statement.Witness != state.Node && statement.DeviceKey == state.Identity!.KeyHash) said.Add(statement);
        }

        return vault.TakeWitnesses(said);
    }

    private Outcome<RoleCertificate> Speaker(SignedStatement said, VaultState state)
    {
        if (!certificates.Cache.Parse(said.Certificate.Span).Is(out var speaker, out var refusal)) return refusal;
        if (!certificates.Now(speaker, CertificateRole.Device, state.Authorities!, OverdueLists.Tolerated).Is(out _, out refusal)) return refusal;
        if (speaker.Cluster != state.Node.Cluster) return new Refusal(RefusalCode.NodeForeign, $"{speaker} belongs to another cluster");
        return speaker.Key.VerifiesStatement(said.Statement.Span, said.Signature.Span)
            ? speaker
            : new Refusal(RefusalCode.NodeForeign, $"the signature of {speaker} is not over this statement");
    }
}
