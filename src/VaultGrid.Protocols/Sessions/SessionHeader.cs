using VaultGrid.Protocols.Encoding;

namespace VaultGrid.Protocols.Sessions;

/// <summary>
/// What all participants of a session must agree on, and every message of it carries. Two headers are the same session only if every byte is equal.
/// </summary>
public sealed class SessionHeader : IEquatable<SessionHeader>
{
    /// <summary>The version of the encoding.</summary>
    public const byte Version = 1;

    /// <summary>The most participants.</summary>
    public const int MaximumParticipants = 64;

    private const int MaximumNameLength = 32;

    private readonly byte[] _bytes;

    /// <param name="protocol">Its name: lower-case letters, digits and <c>-</c>, at most 32.</param>
    /// <param name="protocolVersion">Its version.</param>
    /// <param name="session">The session's id: 32 random bytes, never used before.</param>
    /// <param name="key">The hash of the key's birth record.</param>
    /// <param name="shareVersion">Which version of the shares.</param>
    /// <param name="subject">What the session is for.</param>
    /// <param name="participants">In the order of the protocol; no two alike.</param>
    public SessionHeader(
        string protocol, byte protocolVersion, Hash256 session, Hash256 key, uint shareVersion, SessionSubject subject, IReadOnlyList<Participant> participants)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(participants);
        if (!IsName(protocol)) throw new ArgumentException("This is not the name of a protocol.", nameof(protocol));
        if (!AreParticipants(participants)) throw new ArgumentException("Participants are distinct, 1 to 64, and numbered from 1.", nameof(participants));
        (Protocol, ProtocolVersion, Session, Key, ShareVersion, Subject) = (protocol, protocolVersion, session, key, shareVersion, subject);
        Participants = [.. participants];
        _bytes = Write();
        Hash = Hash256.Of("session-header", _bytes);
    }

    /// <summary>The protocol's name.</summary>
    public string Protocol { get; }

    /// <summary>The protocol's version.</summary>
    public byte ProtocolVersion { get; }

    /// <summary>The session's id.</summary>
    public Hash256 Session { get; }

    /// <summary>The hash of the key's birth record.</summary>
    public Hash256 Key { get; }

    /// <summary>Which version of the shares.</summary>
    public uint ShareVersion { get; }

    /// <summary>What the session is for.</summary>
    public SessionSubject Subject { get; }

    /// <summary>Who takes part, in order.</summary>
    public IReadOnlyList<Participant> Participants { get; }

    /// <summary>The hash of the encoding: what an opening message answers.</summary>
    public Hash256 Hash { get; }

    /// <summary>The canonical encoding.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Reads a header.</summary>
    /// <returns>The header, or <see cref="RefusalCode.InputMalformed"/>.</returns>
    public static Outcome<SessionHeader> Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        if (reader.Byte() != Version) reader.Fail();
        var protocol = System.Text.Encoding.ASCII.GetString(reader.Bytes(MaximumNameLength));
        var protocolVersion = reader.Byte();
        var (session, key, shareVersion) = (reader.Hash(), reader.Hash(), reader.UInt32());
        var subject = ReadSubject(ref reader);
        var participants = new Participant[Math.Min((int)reader.Byte(), MaximumParticipants + 1)];
        for (var i = 0; i < participants.Length; i++) participants[i] = new(reader.UInt32(), reader.UInt32(), reader.Hash());
        if (!reader.Ended || !IsName(protocol) || !AreParticipants(participants))
            return new Refusal(RefusalCode.InputMalformed, "this is not the header of a session");
        return new SessionHeader(protocol, protocolVersion, session, key, shareVersion, subject, participants);
    }

    /// <inheritdoc/>
    public bool Equals(SessionHeader? other) => other is not null && PublicBytes.Equal(_bytes, other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SessionHeader);

    /// <inheritdoc/>
    public override int GetHashCode() => Hash.GetHashCode();

    /// <summary>Protocol and session id.</summary>
    public override string ToString() => $"{Protocol} {Session}";

    private static bool IsName(string text) =>
        text.Length is > 0 and <= MaximumNameLength && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    private static bool AreParticipants(IReadOnlyList<Participant> participants) =>
        participants.Count is > 0 and <= MaximumParticipants
        && participants.All(p => p.Cluster != 0 && p.Node != 0)
        && participants.Select(p => (p.Cluster, p.Node)).Distinct().Count() == participants.Count;

    private static SessionSubject ReadSubject(ref CanonicalReader reader)
    {
        switch (reader.Byte())
        {
            case 1: return new SessionSubject.Request(reader.Hash());
            case 2: return new SessionSubject.Presign();
            case 3: return new SessionSubject.Audit(reader.Bytes(SessionSubject.MaximumAuditLength));
            default:
                reader.Fail();
                return new SessionSubject.Presign();
        }
    }

    private byte[] Write()
    {
        var writer = new CanonicalWriter().Byte(Version).Bytes(System.Text.Encoding.ASCII.GetBytes(Protocol)).Byte(ProtocolVersion)
            .Hash(Session).Hash(Key).UInt32(ShareVersion);
        _ = Subject switch
        {
            SessionSubject.Request request => writer.Byte(1).Hash(request.Hash),
            SessionSubject.Presign => writer.Byte(2),
            SessionSubject.Audit audit => writer.Byte(3).Bytes(audit.Bytes),
            _ => throw new InvalidOperationException("An unlisted subject."),
        };
        writer.Byte(Participants.Count);
        foreach (var participant in Participants) writer.UInt32(participant.Cluster).UInt32(participant.Node).Hash(participant.SessionKey);
        return writer.ToArray();
    }
}
