using System.Security.Cryptography;
using VaultGrid.Protocols.Sessions;
using VaultGrid.Protocols.ThresholdEcdsa;

namespace VaultGrid.Protocols.Tests.ThresholdEcdsa;

/// <summary>All participants of one session and a coordinator that carries their messages, which a test may replace on the way.</summary>
internal sealed class SigningNetwork : IDisposable
{
    private readonly List<PaillierNoisePool> _pools = [];

    // What a cheater's own state believes to have sent, by the hash of what it sent instead.
    private readonly Dictionary<Hash256, Hash256> _believed = [];

    public SigningNetwork(IReadOnlyList<ThresholdShare> key, IReadOnlyList<uint> clusters, ApprovedMessage approved, bool prepared = false, SessionHeader? header = null)
    {
        Approved = approved;
        Header = header ?? NewHeader(clusters, prepared ? new SessionSubject.Presign() : new SessionSubject.Request(approved.Approval));
        Runs = [.. clusters.Select((cluster, place) => Open(key.Single(s => s.Cluster == cluster), place, prepared ? null : approved))];
    }

    public SessionHeader Header { get; }

    public ApprovedMessage Approved { get; }

    public IReadOnlyList<SessionRun> Runs { get; }

    public int Last => Runs.Count - 1;

    /// <summary>What a cheater sends instead.</summary>
    public Func<RoundMessage, RoundMessage>? Replace { get; set; }

    /// <summary>Every message that was delivered.</summary>
    public List<RoundMessage> Log { get; } = [];

    public SessionFault? Fault { get; private set; }

    public static ApprovedMessage Approve(string path = "m", byte[]? digest = null) =>
        new(new Hash256(RandomNumberGenerator.GetBytes(32)), digest ?? RandomNumberGenerator.GetBytes(32), DerivationPath.Parse(path).Value);

    public static SessionHeader NewHeader(IReadOnlyList<uint> clusters, SessionSubject subject) => new(
        ThresholdEcdsaProtocol.Name, ThresholdEcdsaProtocol.Version, new Hash256(RandomNumberGenerator.GetBytes(32)), Hash256.Sha256([1]), 1, subject,
        [.. clusters.Select(cluster => new Participant(cluster, 1, Hash256.Sha256([(byte)cluster])))]);

    /// <summary>Runs to the signature, or to the fault of the first participant that aborts.</summary>
    public EcdsaSignature? Sign()
    {
        var toCoordinator = Deliver(Runs[0].Opening);
        if (Fault is null && toCoordinator is { Round: EcdsaRound.Ready }) toCoordinator = Go();
        return toCoordinator is null ? null : EcdsaResult.Read(toCoordinator).Value;
    }

    /// <summary>Runs a session up to the point where it waits for a request.</summary>
    public void Prepare() => Assert.Equal(EcdsaRound.Ready, Deliver(Runs[0].Opening)?.Round);

    public RoundMessage? Go(ApprovedMessage? approved = null)
    {
        var goes = new List<RoundMessage>();
        for (var place = Last - 1; place >= 0; place--)
        {
            var (send, fault) = Runs[place].Receive(new SessionInput(EcdsaRound.Go, [], approved ?? Approved, DealtKeys.Random));
            if (Failed(fault)) return null;
            goes.AddRange(send.Select(Carry));
        }
        return Finish(goes, approved);
    }

    public RoundMessage? Finish(IReadOnlyList<RoundMessage> goes, ApprovedMessage? approved = null)
    {
        var (send, fault) = Runs[Last].Receive(new SessionInput(EcdsaRound.Go, goes, approved ?? Approved, DealtKeys.Random));
        return Failed(fault) ? null : Assert.Single(send);
    }

    public (IReadOnlyList<RoundMessage> Send, SessionFault? Fault) Receive(int place, RoundMessage message) =>
        Runs[place].Receive(SessionInput.Of(message, DealtKeys.Random));

    public RoundMessage Message(byte round, int sender, int receiver, Hash256 answers, ReadOnlySpan<byte> body, SessionHeader? header = null) =>
        new(header ?? Header, round, (byte)sender, (byte)receiver, answers, body);

    public void Dispose()
    {
        foreach (var run in Runs) run.Dispose();
        foreach (var pool in _pools) pool.Dispose();
    }

    private RoundMessage? Deliver(IReadOnlyList<RoundMessage> first)
    {
        var waiting = new Queue<RoundMessage>(first.Select(Carry));
        while (waiting.TryDequeue(out var message))
        {
            if (message.Receiver == RoundMessage.Coordinator) return message;
            var believed = _believed.TryGetValue(message.Answers, out var original)
                ? new RoundMessage(message.Header, message.Round, message.Sender, message.Receiver, original, message.Body)
                : message;
            if (believed.Hash != message.Hash) _believed[believed.Hash] = message.Hash;
            var (send, fault) = Receive(message.Receiver, believed);
            if (Failed(fault)) return null;
            foreach (var answer in send) waiting.Enqueue(Carry(answer));
        }
        return null;
    }

    private RoundMessage Carry(RoundMessage message)
    {
        // Over the wire and back: what arrives is what was encoded.
        var sent = RoundMessage.Parse((Replace?.Invoke(message) ?? message).Bytes).Value;
        if (sent.Hash != message.Hash) _believed[sent.Hash] = message.Hash;
        Log.Add(sent);
        return sent;
    }

    private bool Failed(SessionFault? fault)
    {
        Fault ??= fault;
        return fault is not null;
    }

    private SessionRun Open(ThresholdShare share, int place, ApprovedMessage? approved)
    {
        var pool = new PaillierNoisePool(share.Paillier, 0);
        _pools.Add(pool);
        return new SessionRun(ThresholdEcdsaProtocol.Open(share, Header, place, approved, pool, DealtKeys.Random).Value);
    }
}
