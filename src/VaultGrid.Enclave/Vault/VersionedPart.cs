namespace VaultGrid.Enclave;

/// <summary>
/// The versioned part of the store: everything irreversible, public, in one encoding, so that its hash can be signed by witnesses and named
/// by an approved <c>restore-node</c>. What format 1 doesn't know stands at its end: wrap keys in format 2, <see cref="StoreSections"/> from format 3 on. Secrets lie beside it: each is bound to it by a public key or fingerprint in it.
/// </summary>
internal static class VersionedPart
{
    private const int AuthoritiesLimit = AuthorityBundle.MaximumBytes;
    private const int Usual = 16 * 1024;

    private static ReadOnlySpan<byte> Tag => "VaultGrid/v1/versioned-part\0"u8;

    /// <summary>The hash of the encoding.</summary>
    public static Hash256 Hash(VaultState state) => Hash256.Sha256(Write(state));

    /// <summary>Writes it.</summary>
    public static byte[] Write(VaultState state) => Write(new WireWriter(Usual), state).ToArray();

    /// <summary>Writes it behind what a writer has.</summary>
    public static WireWriter Write(WireWriter writer, VaultState state)
    {
        var sections = StoreFormat.For(state) >= StoreFormat.Sections ? Sections(state) : null;
        writer.Fixed(Tag).U64(state.Version).U8((byte)state.StoredPhase).U8(state.IsGuarded ? (byte)1 : (byte)0).Time(state.TimeFloor);
        writer.List<DeviceIdentity>(state.Identity is { } identity ? [identity] : [], (to, item) => to
            .Node(item.Node).U8((byte)item.Algorithm).Bytes(item.PublicKey.Spki.Span).Bytes(item.Request.Span).Hash(item.Provisioning));
        writer.Bytes(state.Certificate is { } certificate ? certificate.Der.Span : []);
        writer.Bytes(state.Authorities is { } authorities ? authorities.ToBytes() : []);
        writer.List(state.Pins, (to, pin) => to.Bytes(pin.Span));
        writer.List(state.AdminChanges, ApprovedRecord.Write);
        writer.List(state.Memberships, ApprovedRecord.Write);
        writer.List([.. state.Keys.All.Where(key => key.Shared is null).Select(key => key.Evidence)], KeyEvidence.Write);
        writer.List(state.Moves, (to, move) => to.Hash(move.Request).U8((byte)move.Phase));
        if (sections is not null) sections.Write(writer);
        else if (state.WrapKeys.Length > 0) WriteWraps(writer, state);
        return writer;
    }

    /// <summary>Reads what <see cref="Write(VaultState)"/> wrote; the secrets are asked for as they are named.</summary>
    /// <param name="bytes">The part.</param>
    /// <param name="format">The store's format.</param>
    /// <param name="secrets">What lay beside it.</param>
    /// <param name="adapter">Opens the D key.</param>
    public static Outcome<VaultState> Read(ReadOnlySpan<byte> bytes, uint format, StoredSecrets secrets, IVaultAdapter adapter)
    {
        var reader = new WireReader(bytes);
        reader.Tag(Tag);
        var state = VaultState.Fresh with
        {
            Version = reader.U64(),
            StoredPhase = (EnclavePhase)reader.U8(),
            IsGuarded = reader.U8() == 1,
            TimeFloor = reader.Time(),
        };
        var identities = reader.List(1, (ref WireReader from) =>
            (Node: from.NodeId(), Algorithm: (DeviceKeyAlgorithm)from.U8(), Key: from.Memory(EnclaveLimits.Certificate), Request: from.Memory(EnclaveLimits.Certificate), Provisioning: from.Hash()));
        var certificate = reader.Memory(EnclaveLimits.Certificate);
        var authorities = reader.Memory(AuthoritiesLimit);
        var pins = reader.List(EnclaveLimits.Records, (ref WireReader from) => from.Memory(EnclaveLimits.Document));
        var adminChanges = reader.List(EnclaveLimits.Records, ApprovedRecord.Read);
        var memberships = reader.List(EnclaveLimits.Records, ApprovedRecord.Read);
        var keys = reader.List(EnclaveLimits.Keys, KeyEvidence.Read);
        var moves = reader.List(EnclaveLimits.Records, (ref WireReader from) => new PhaseMove(from.Hash(), (EnclavePhase)from.U8()));
        var sections = ReadSections(ref reader, format);
        if (!reader.End("the store's versioned part", out var refusal, RefusalCode.StoreTampered)) return refusal;
        if (!Enum.IsDefined(state.StoredPhase) || state.StoredPhase == EnclavePhase.Held) return Tampered("a phase that can't be stored");

        state = state with { AdminChanges = [.. adminChanges], Memberships = [.. memberships], Moves = [.. moves], VersionedPart = Hash256.Sha256(bytes) };
        if (identities is [var identity])
        {
            if (!CertificateKey.Parse(identity.Key.Span).Is(out var key, out refusal)) return refusal;
            if (!secrets.DeviceKey(identity.Algorithm, key, adapter).Is(out var device, out refusal)) return refusal;
            if (device.Key is null && state.StoredPhase != EnclavePhase.Retired) return Tampered("no device key");
            state = state with { Identity = new(identity.Node, identity.Algorithm, key, identity.Request, identity.Provisioning, device.Key, device.Handle) };
        }

        if (certificate.Length > 0)
        {
            if (!RoleCertificate.Parse(certificate.Span).Is(out var parsed, out refusal)) return refusal;
            state = state with { Certificate = parsed };
        }

        if (authorities.Length > 0)
        {
            if (!TrustedAuthorities.Restore(authorities.Span).Is(out var trusted, out refusal)) return refusal;
            state = state with { Authorities = trusted };
        }

        return ReadAdmins(state, pins).Then(ReadMembership).Then(next => ReadWraps(next, sections[StoreSections.Versioned.WrapKeys], secrets))
            .Then(next => ReadKeys(next, keys, secrets))
            .Then(next => TrustSection.Read(sections[StoreSections.Versioned.Trusts].Span, secrets).Then<VaultState>(chains => next with { Chains = chains }))
            .Then(next => SharesSection.Read(next, sections[StoreSections.Versioned.Shares], secrets));
    }

    private static Outcome<VaultState> ReadAdmins(VaultState state, IReadOnlyList<ReadOnlyMemory<byte>> pins)
    {
        if (pins.Count == 0) return state;
        if (!PinnedPolicies.Read(pins).Is(out var admins, out var refusal)) return refusal;
        foreach (var change in state.AdminChanges)
        {
            if (!KeyPolicy.Parse(change.Document.Span).Then(policy => admins.Add(policy, change.Time)).Is(out admins, out refusal)) return refusal;
        }

        return state with { Pins = [.. pins], Admins = admins };
    }

    private static Outcome<VaultState> ReadMembership(VaultState state)
    {
        if (state.Memberships.IsEmpty) return state;
        if (!MembershipRecord.Parse(state.Memberships[^1].Document.Span).Is(out var membership, out var refusal)) return refusal;
        return state with { Membership = membership, MembershipHash = membership.Hash() };
    }

    // What a state has of sections, each encoded by its owner.
    private static StoreSections Sections(VaultState state)
    {
        var sections = new StoreSections();
        if (state.WrapKeys.Length > 0) sections.With(StoreSections.Versioned.WrapKeys, WriteWraps(new WireWriter(), state).ToArray());
        return sections.With(StoreSections.Versioned.Trusts, TrustSection.Write(state.Chains)).WithPieces(StoreSections.Versioned.Shares, SharesSection.Write(state));
    }

    private static StoreSections ReadSections(ref WireReader reader, uint format)
    {
        if (format >= StoreFormat.Sections) return StoreSections.Read(ref reader, (byte)Enum.GetValues<StoreSections.Versioned>().Max());

        // Format 2 has one section, without a number, where it isn't empty.
        return new StoreSections().With(StoreSections.Versioned.WrapKeys, reader.AtEnd || reader.Failed ? default : reader.Rest());
    }

    private static WireWriter WriteWraps(WireWriter writer, VaultState state) => writer.List(state.WrapKeys, (to, wrap) => to.Bytes(wrap.Statement.ToBytes()));

    private static Outcome<VaultState> ReadWraps(VaultState state, ReadOnlyMemory<byte> section, StoredSecrets secrets)
    {
        if (section.IsEmpty) return state;
        var reader = new WireReader(section.Span);
        var wraps = reader.List(EnclaveLimits.WrapKeys, (ref WireReader from) => from.Memory(EnclaveLimits.Statement));
        if (wraps.Count == 0) reader.Fail("an empty section stands at its end");
        if (!reader.End("the store's wrap keys", out var refused, RefusalCode.StoreTampered)) return refused;
        foreach (var bytes in wraps)
        {
            if (!WrapKeyStatement.Parse(bytes.Span).Then(secrets.Wrap).Is(out var wrap, out var refusal)) return refusal;
            state = state with { WrapKeys = state.WrapKeys.Add(wrap) };
        }

        return state;
    }

    private static Outcome<VaultState> ReadKeys(VaultState state, IReadOnlyList<KeyEvidence> keys, StoredSecrets secrets)
    {
        foreach (var evidence in keys)
        {
            if (!BirthRecord.Parse(evidence.Birth.Document.Span).Is(out var birth, out var refusal)) return refusal;
            if (!PolicyChain.Of(evidence).Is(out var policies, out refusal)) return refusal;
            if (!secrets.Seed(birth).Is(out var seed, out refusal)) return refusal;
            if (!VaultKey.Open(evidence, birth, policies, seed, state.Node.Cluster).Is(out var key, out refusal)) return refusal;
            state = state with { Keys = state.Keys.With(key) };
        }

        return state;
    }

    private static Refusal Tampered(string detail) => new(RefusalCode.StoreTampered, $"the store holds {detail}");
}
