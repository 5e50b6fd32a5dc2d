using System.Collections.Immutable;

namespace VaultGrid.Model;

/// <summary>
/// The secret half of Domains: draws, opens and re-wraps their keys. Pure functions over secrets in locked memory, for enclaves alone; whether they may be
/// called is <see cref="DomainRules"/>'s to say, and the seal is put on afterwards.
/// </summary>
public static class DomainVault
{
    /// <summary>Makes a new Domain's keys: a master key, a wrapping key k, a token for each HSM.</summary>
    /// <param name="id">The Domain.</param>
    /// <param name="first">The hash of the chain's first Trust.</param>
    /// <param name="trust">The newest Trust.</param>
    /// <param name="kind">What the master key is.</param>
    /// <param name="owner">An operator's identity, or empty.</param>
    public static DomainKeys Create(DomainId id, Hash256 first, TrustBody trust, MasterKeyKind kind, string owner)
    {
        ArgumentNullException.ThrowIfNull(trust);
        var terms = new DomainTerms(id, first, trust.Hash, Revision: 1, owner);
        using var k = SecretBytes.Random(Aes256Gcm.KeyLength);
        using var master = MasterKey.Generate(kind);
        return Wrap(terms, trust, k, [Seal(terms, 1, master, k)]);
    }

    /// <summary>Opens a master key.</summary>
    /// <param name="keys">A Domain's keys, checked.</param>
    /// <param name="version">Which master key.</param>
    /// <param name="wrapKey">This HSM's wrap key of the chain.</param>
    /// <param name="index">The place of its token.</param>
    /// <returns>The master key, or <c>domain.invalid</c> (changed, or of several Domains), <c>domain.use</c> (no such version).</returns>
    public static Outcome<MasterKey> Open(DomainKeys keys, uint version, WrapKey wrapKey, int index)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (!keys.Master(version).Is(out var master, out var refusal)) return refusal;
        if (!OpenWrappingKey(keys, wrapKey, index).Is(out var k, out refusal)) return refusal;
        using (k) return Open(keys.Terms, master, k);
    }

    /// <summary>The next revision: a new k, the same master keys under it, tokens for another Trust; data stay readable.</summary>
    /// <param name="keys">The Domain's keys as they are, checked.</param>
    /// <param name="wrapKey">This HSM's wrap key.</param>
    /// <param name="index">The place of its token.</param>
    /// <param name="next">The newest Trust.</param>
    /// <param name="newMaster">Draws a new master key for new data, the next version; old data still open with the old.</param>
    /// <param name="oldest">Drops master keys below this version: their data were re-wrapped. 0 drops none; the newest always stays.</param>
    /// <returns>The keys, or as <see cref="Open(DomainKeys, uint, WrapKey, int)"/>; <c>domain.use</c> where it would hold too many master keys.</returns>
    public static Outcome<DomainKeys> Rotate(DomainKeys keys, WrapKey wrapKey, int index, TrustBody next, bool newMaster, uint oldest = 0)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(next);
        var staying = keys.Masters.Where(master => master.Version >= Math.Min(oldest, keys.Current.Version)).ToImmutableArray();
        if (newMaster && staying.Length >= DomainKeys.MasterLimit)
            return new Refusal(RefusalCode.DomainUse, $"a Domain keeps at most {DomainKeys.MasterLimit} master keys: re-wrap old files, then drop old ones");
        if (!OpenWrappingKey(keys, wrapKey, index).Is(out var k, out var refusal)) return refusal;

        using (k)
        using (var nextK = SecretBytes.Random(Aes256Gcm.KeyLength))
        {
            var terms = keys.Terms with { Trust = next.Hash, Revision = keys.Revision + 1 };
            var masters = new List<DomainMaster>();
            foreach (var sealedMaster in staying)
            {
                if (!Open(keys.Terms, sealedMaster, k).Is(out var master, out refusal)) return refusal;
                using (master) masters.Add(Seal(terms, sealedMaster.Version, master, nextK));
            }

            if (newMaster)
            {
                using var master = MasterKey.Generate(keys.Current.Kind);
                masters.Add(Seal(terms, keys.Current.Version + 1, master, nextK));
            }

            return Wrap(terms, next, nextK, masters);
        }
    }

    private static Outcome<SecretBytes> OpenWrappingKey(DomainKeys keys, WrapKey wrapKey, int index)
    {
        ArgumentNullException.ThrowIfNull(wrapKey);
        if (index < 0 || index >= keys.Tokens.Length || keys.Tokens[index].WrapKey != wrapKey.Public.Hash)
            return new Refusal(RefusalCode.DomainForeign, "the Domain has no token for this HSM's wrap key");
        return wrapKey.Unwrap(keys.Tokens[index].Bytes.Span, keys.Terms.TokenContext(wrapKey.Public.Hash));
    }

    private static Outcome<MasterKey> Open(DomainTerms terms, DomainMaster master, SecretBytes k) => MasterKey.Open(
        k, master.Kind, master.Public.Span, master.Sealed.Span, terms.MasterContext(master.Version, master.Kind, master.Public.Span));

    private static DomainMaster Seal(DomainTerms terms, uint version, MasterKey master, SecretBytes k) =>
        new(version, master.Kind, master.Public, master.Seal(k, terms.MasterContext(version, master.Kind, master.Public.Span)));

    private static DomainKeys Wrap(DomainTerms terms, TrustBody trust, SecretBytes k, IReadOnlyCollection<DomainMaster> masters) => DomainKeys.Create(
        terms,
        masters,
        [.. trust.Hsms.Select(hsm => new DomainToken(hsm.WrapKey.Hash, hsm.WrapKey.Wrap(k, terms.TokenContext(hsm.WrapKey.Hash))))]).Value;
}
