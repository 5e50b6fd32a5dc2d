using System.Collections.Immutable;
using System.Diagnostics;
using VaultGrid.Protocols;

namespace VaultGrid.Enclave;

/// <summary>What this enclave has of a shared key: the version in force, who holds its shares, its own share. Immutable; the share is shared by all snapshots that have it.</summary>
[DebuggerDisplay("SharedPart(redacted)")]
internal sealed class SharedPart
{
    private SharedPart(
        CertifiedVersion certified, SharedKey key, ImmutableArray<KeyHolder> holders, byte share, ShareState state, DateTimeOffset since,
        ImmutableArray<ApprovedRecord> records, Leased<OpenSharedShare>? secret) =>
        (Certified, Key, Holders, Share, State, Since, Records, Secret, VersionHash) = (certified, key, holders, share, state, since, records, secret, certified.Version.Hash());

    /// <summary>The version in force, with its votes.</summary>
    public CertifiedVersion Certified { get; }

    /// <summary>Its public side.</summary>
    public SharedKey Key { get; }

    /// <summary>The hash that names it.</summary>
    public Hash256 VersionHash { get; }

    /// <summary>The version's number.</summary>
    public uint Number => Certified.Version.Number;

    /// <summary>Who holds the shares, with the devices that took the place of lost ones.</summary>
    public ImmutableArray<KeyHolder> Holders { get; }

    /// <summary>This enclave's share, or 0.</summary>
    public byte Share { get; }

    /// <summary>What became of it.</summary>
    public ShareState State { get; }

    /// <summary>Since when this version is in force here.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>What administrators had done to the key's shares here: devices replaced, shares restored, the deletion.</summary>
    public ImmutableArray<ApprovedRecord> Records { get; }

    /// <summary>The share, ready for use; null where there is none.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public Leased<OpenSharedShare>? Secret { get; }

    /// <summary>A version that has come into force, as it stands for a node.</summary>
    /// <param name="certified">The version, verified.</param>
    /// <param name="key">Its public side.</param>
    /// <param name="kind">The key's kind.</param>
    /// <param name="self">This node and its D key.</param>
    /// <param name="share">The node's share, which belongs to the part from now on, or null.</param>
    /// <param name="since">Now.</param>
    /// <param name="records">What is known of earlier actions.</param>
    public static SharedPart Of(
        CertifiedVersion certified, SharedKey key, KeyKind kind, KeyHolder self, KeyShare? share, DateTimeOffset since, ImmutableArray<ApprovedRecord> records)
    {
        ImmutableArray<KeyHolder> holders = [.. certified.Version.Holders];
        var place = holders.IndexOf(self) + 1;
        var state = share is not null ? ShareState.Held : place > 0 ? ShareState.Missing : ShareState.Released;
        return new SharedPart(certified, key, holders, (byte)place, state, since, records, Open(share, kind));
    }

    /// <summary>The part as it was stored.</summary>
    public static SharedPart Stored(
        CertifiedVersion certified, SharedKey key, KeyKind kind, ImmutableArray<KeyHolder> holders, byte share, ShareState state, DateTimeOffset since,
        ImmutableArray<ApprovedRecord> records, KeyShare? secret) =>
        new(certified, key, holders, share, state, since, records, Open(secret, kind));

    /// <summary>The holder of a place took another device.</summary>
    public SharedPart WithDevice(KeyHolder holder, NodeId self, ApprovedRecord record)
    {
        var place = 0;
        while (place < Holders.Length && Holders[place].Node != holder.Node) place++;
        var isSelf = holder.Node == self;
        return new(
            Certified, Key, Holders.SetItem(place, holder), isSelf ? (byte)(place + 1) : Share, isSelf && State == ShareState.Released ? ShareState.Missing : State, Since,
            Records.Add(record), Secret);
    }

    /// <summary>The share was repaired, or restored.</summary>
    public SharedPart WithShare(KeyShare share, KeyKind kind, ApprovedRecord? record) =>
        new(Certified, Key, Holders, Share, ShareState.Held, Since, record is null ? Records : Records.Add(record), Open(share, kind));

    /// <summary>The key was deleted: no share, and nothing comes after.</summary>
    public SharedPart Deleted(ApprovedRecord record) => new(Certified, Key, Holders, Share, ShareState.Deleted, Since, Records.Add(record), null);

    /// <summary>No new uses; wiped when the last has ended.</summary>
    public void Close() => Secret?.Close();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "SharedPart(redacted)";

    private static Leased<OpenSharedShare>? Open(KeyShare? share, KeyKind kind) =>
        share is null ? null : new Leased<OpenSharedShare>(new OpenSharedShare(share, kind.Suite()));
}
