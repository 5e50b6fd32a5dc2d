using Orleans.Concurrency;
using VaultGrid.Enclave.Contracts;

namespace VaultGrid.Grains.SharedKeys;

/// <summary>One shared key. Signatures and evaluations run side by side; what is written down is written one after the other.</summary>
[Reentrant]
internal sealed partial class SharedKeyGrain(
    [PersistentState("shared-key")] IPersistentState<SharedKeyState> stored, SharedKeyDesk desk, ILogger<SharedKeyGrain> logger) : Grain, ISharedKeyGrain, IRemindable, IDisposable
{
    private const string Watch = "watch";
    private const int VersionsKept = 64;
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    // Nobody has signed for so long: time to prepare nonces.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(5);

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly HolderStanding _standing = new(desk.Time);
    private readonly NonceStock _stock = new(desk.Time);
    private KnownKey? _known;
    private Task? _filling;
    private int _signing;
    private long _signed;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var every = desk.Options.TendEvery;
        // Of a key that is just being made its ceremony says where not all is well.
        if (stored.State.Certified.IsEmpty) _rest = LongestRest;
        _ = this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(every, every) { KeepAlive = true, Interleave = true });
        return Task.CompletedTask;
    }

    // Being activated is all that the reminder is for.
    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;

    public async Task<Answer<SharedKeyReport>> GetAsync(CancellationToken cancellationToken)
    {
        if (!Known().Is(out var key, out var refusal)) return refusal;
        var census = await ShareCensus.AskAsync(desk, GrainFactory, key, cancellationToken);
        return new SharedKeyReport
        {
            KeyId = key.Birth.KeyId,
            Key = key.Version.Key,
            Kind = key.Birth.Kind.Name(),
            Clusters = key.Clusters,
            Policy = key.Policy.Hash(),
            PolicyDocument = key.PolicyDocument,
            Created = key.Evidence.Birth.Time,
            Certified = stored.State.Certified,
            Holders = census.ToReports(key.Version),
            History = stored.State.History,
            IsDeleted = stored.State.IsDeleted,
            IsRefreshDue = census.IsRefreshDue(key.Version),
        };
    }

    public Task<Answer<PolicyNews>> GetPolicyAsync(CancellationToken cancellationToken) =>
        Task.FromResult<Answer<PolicyNews>>(Known().Is(out var key, out var refusal) ? new PolicyNews(key.PolicyDocument) : refusal);

    public async Task<Answer<SharedKeyEvidenceReport>> GetEvidenceAsync(CancellationToken cancellationToken)
    {
        if (!Known().Is(out var key, out var refusal)) return refusal;
        var census = await ShareCensus.AskAsync(desk, GrainFactory, key, cancellationToken);
        ImmutableArray<ReadOnlyMemory<byte>> replacements = [.. stored.State.Replacements.Select(command => command.Request)];
        return new SharedKeyEvidenceReport(stored.State.Certified, stored.State.Evidence, census.Statements, replacements);
    }

    public async Task<Answer<Nothing>> LearnAsync(LearnSharedKey command, CancellationToken cancellationToken)
    {
        if (!EnclaveDocuments.Certified(command.Certified.Span).Is(out var certified, out var refusal)) return refusal;
        if (certified.Version.Key.ToString() != this.GetPrimaryKeyString()) return new Refusal(RefusalCode.StateConflict, "this version is of another key");
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (Known().Is(out var known, out _) && known.Version.Number >= certified.Version.Number)
            {
                await CompleteAsync(command, certified.Version);
                return Nothing.Value;
            }

            await Task.WhenAll(TakeAsync(command, certified.Version, CancellationToken.None), ListAsync(command, certified.Version.Key));
        }
        finally
        {
            _writing.Release();
        }

        if (!Known().Is(out var key, out refusal)) return refusal;
        LogVersion(logger, key.Birth.KeyId, certified.Version.Number, key.Nodes.Count, certified.Version.Faulty);
        return Nothing.Value;
    }

    public async Task<Answer<MessageSignatureReport>> SignAsync(SignMessage command, CancellationToken cancellationToken)
    {
        if (!InUse().Is(out var key, out var refusal)) return refusal;
        if (!SigningWish.Of(command.Request).Is(out var wish, out refusal)) return refusal;
        if (wish.Key != key.Version.Key) return new Refusal(RefusalCode.KeyUnknown, "this is asked of another key");
        if (SharedKeyProtocols.Of(key.Birth.Kind) is not { } protocol || wish.Subject.Algorithm != key.Birth.Kind.Algorithm())
            return new Refusal(RefusalCode.InputUnsupported, $"a key of kind '{key.Birth.Kind.Name()}' does not sign '{wish.Subject.Algorithm.Name()}'");

        var started = desk.Time.GetTimestamp();
        var stock = SharedKeyProtocols.TakesSecondRound(protocol) && desk.Options.Pool > 0 ? _stock : null;
        _signing++;
        try
        {
            var outcome = await SignAsync(key, wish, protocol, command, stock, cancellationToken);

            // Holders that are at another version refuse: a ceremony has just ended, and this grain hears of it from them.
            while (outcome.Refusal is { } stale && MayBeStale(stale.Code) && desk.Time.GetElapsedTime(started) < desk.Options.Deadline
                && await FindNewerAsync(key, cancellationToken) && InUse().Is(out key, out _))
                outcome = await SignAsync(key, wish, protocol, command, stock, cancellationToken);
            desk.Instruments.OnSigned(wish.Subject.Algorithm.Name(), outcome.Is(out var made, out refusal) && made.IsPooled, refusal?.Code, desk.Time.GetElapsedTime(started));
            return outcome;
        }
        finally
        {
            _signing--;
            _signed = desk.Time.GetTimestamp();
            if (stock is not null) _filling ??= FillAsync(protocol);
        }
    }

    public async Task<Answer<EvaluationsReport>> EvaluateAsync(EvaluateKey command, CancellationToken cancellationToken)
    {
        if (!InUse().Is(out var key, out var refusal)) return refusal;
        if (key.Birth.Kind != KeyKind.Dise) return new Refusal(RefusalCode.InputUnsupported, $"a key of kind '{key.Birth.Kind.Name()}' encrypts nothing");
        var outcome = await new KeyEvaluation(desk, GrainFactory, key.Version, _standing).RunAsync(command, cancellationToken);
        if (outcome.Is(out var told, out _) && told.Evaluations.Any(one => one.Version != key.Version.Hash())) _ = await FindNewerAsync(key, cancellationToken);
        return outcome;
    }

    public async Task<Answer<StatementsReport>> BackupAsync(BackupSharedKey command, CancellationToken cancellationToken)
    {
        if (!InUse().Is(out var key, out var refusal)) return refusal;
        var call = new BackupShareCall(key.Version.Key, command.Administrators);
        var asked = await Task.WhenAll(key.Nodes.Select(node => desk.AskAsync(GrainFactory, node, call, cancellationToken)));
        var (blames, statements) = (new Blames(), ImmutableArray.CreateBuilder<NodeStatement>());
        foreach (var (node, answer) in key.Nodes.Zip(asked))
        {
            if (answer.Is(out var said, out refusal)) statements.Add(new NodeStatement(said.Statement, said.Certificate, said.Signature));
            else blames.Add(node, refusal.Code.Name());
        }

        return statements.Count > 0 ? new StatementsReport(statements.ToImmutable(), blames.ToReports()) : asked[0].Refusal!;
    }

    public async Task<Answer<CeremonyReport>> RefreshAsync(CancellationToken cancellationToken)
    {
        if (!InUse().Is(out var key, out var refusal)) return refusal;
        var name = Hash256.Of("refresh-ceremony", key.Version.Hash().AsSpan());
        var order = new CeremonyOrder(CeremonyKinds.Refresh, key.Version.Key, null, default, [], default);
        return await GrainFactory.GetGrain<ICeremonyGrain>(name.ToString()).RunAsync(order, cancellationToken);
    }

    public async Task<Answer<CeremonyReport>> RepairAsync(NodeId node, CancellationToken cancellationToken)
    {
        if (!InUse().Is(out var key, out var refusal)) return refusal;
        await BringVersionsAsync(key, node, cancellationToken);
        var name = Hash256.Of("repair-ceremony", [.. key.Version.Hash().AsSpan(), .. System.Text.Encoding.ASCII.GetBytes(node.ToString())]);
        var order = new CeremonyOrder(CeremonyKinds.Repair, key.Version.Key, node, default, [], default);
        return await GrainFactory.GetGrain<ICeremonyGrain>(name.ToString()).RunAsync(order, cancellationToken);
    }

    public void Dispose() => _writing.Dispose();

    private static bool MayBeStale(RefusalCode code) => code is
        RefusalCode.SessionMismatch or RefusalCode.SessionAborted or RefusalCode.SessionUnknown or RefusalCode.StateStale or RefusalCode.StateConflict or
        RefusalCode.GridUnavailable or RefusalCode.KeyUnknown or RefusalCode.EnclaveDetached;

    private async Task<Outcome<MessageSignatureReport>> SignAsync(
        KnownKey key, SigningWish wish, string protocol, SignMessage command, NonceStock? stock, CancellationToken cancellationToken)
    {
        var signing = new MessageSigning(desk, GrainFactory, key.Version, protocol, wish, command, _standing, stock);
        var outcome = await signing.RunAsync(cancellationToken);
        foreach (var blame in signing.Blames.ToReports())
        {
            desk.Instruments.OnBlamed(blame.Node, blame.Why);
            LogBlamed(logger, key.Birth.KeyId, blame.Node, blame.Why, blame.By.Length);
        }

        return outcome;
    }

    // True where this grain knows a newer version now than the one that was tried.
    private async Task<bool> FindNewerAsync(KnownKey tried, CancellationToken cancellationToken)
    {
        if (Known().Is(out var now, out _) && now.Version.Number > tried.Version.Number) return true;
        var census = await ShareCensus.AskAsync(desk, GrainFactory, tried, cancellationToken);
        await LearnFromAsync(census, tried, cancellationToken);
        return Known().Is(out now, out _) && now.Version.Number > tried.Version.Number;
    }

    private Outcome<KnownKey> Known()
    {
        if (_known is { } read) return read;
        if (!KnownKey.Of(stored.State, this.GetPrimaryKeyString()).Is(out var key, out var refusal)) return refusal;
        return _known = key;
    }

    private Outcome<KnownKey> InUse() => stored.State.IsDeleted ? new Refusal(RefusalCode.KeyUnknown, "the key was deleted: its shares are destroyed") : Known();

    // What was learnt from a holder's statement lacks the request that made it; the ceremony brings it.
    private async Task CompleteAsync(LearnSharedKey command, KeyVersion version)
    {
        var state = stored.State;
        var at = state.History.IndexOf(state.History.FirstOrDefault(entry => entry.Hash == version.Hash())!);
        if (command.Evidence.IsEmpty || at < 0 || state.History[at].Made == command.Made) return;
        state.History = state.History.SetItem(at, state.History[at] with { Made = command.Made });
        var place = state.Versions.Length - (state.History.Length - at);
        if (place >= 0) state.Versions = state.Versions.SetItem(place, command);
        await stored.WriteStateAsync(CancellationToken.None);
    }

    // Beside the state, in one commit where they are in one database. An entry alone, after a crash between, is of a key that its ceremony brings again.
    private async Task ListAsync(LearnSharedKey command, Hash256 key)
    {
        var told = stored.State.Evidence.IsEmpty ? command.Evidence : stored.State.Evidence;
        if (!EnclaveDocuments.Evidence(told.Span).Is(out var evidence, out _) || !BirthRecord.Parse(evidence.Birth.Document.Span).Is(out var birth, out _)) return;
        await Task.WhenAll(
            GrainFactory.GetGrain<ISharedKeyListGrain>(IGridGrain.Key).AddAsync(new SharedKeyEntry(birth.KeyId, key), CancellationToken.None),
            this.RegisterOrUpdateReminder(Watch, ReminderPeriod, ReminderPeriod));
    }

    private async Task TakeAsync(LearnSharedKey command, KeyVersion version, CancellationToken cancellationToken)
    {
        var state = stored.State;
        state.Certified = command.Certified;

        // A new version leaves the birth and the policies as they are: what a member says of them later displaces nothing.
        if (state.Evidence.IsEmpty) state.Evidence = command.Evidence;
        state.History = state.History.Add(new KeyVersionReport(version.Number, version.Hash(), command.Made, version.Holders.Count, version.Faulty, desk.Time.GetUtcNow()));
        state.Versions = state.Versions.Add(command);
        if (state.Versions.Length > VersionsKept) state.Versions = state.Versions.RemoveAt(0);
        state.Replacements = [];
        await stored.WriteStateAsync(cancellationToken);
        _known = null;
        _stock.Clear();
    }
}
