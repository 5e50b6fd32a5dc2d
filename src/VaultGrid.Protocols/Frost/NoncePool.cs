using System.Security.Cryptography;

namespace VaultGrid.Protocols.Frost;

/// <summary>
/// One signer's stock of nonces for one version of a key: prepared when idle, so that signing takes one round. A commitment is consumed by the first
/// package that names it, whatever becomes of that package. The stock lives in memory and dies with the process, or with the version.
/// </summary>
public sealed class NoncePool : IDisposable
{
    /// <summary>The most pairs that a pool keeps.</summary>
    public const int MaximumSize = 4096;

    private readonly FrostSuite _suite;
    private readonly KeyShare _share;
    private readonly Lock _gate = new();
    private readonly Dictionary<Hash256, SigningNonces> _unused = [];
    private bool _disposed;

    /// <param name="suite">The suite of the signatures.</param>
    /// <param name="share">This signer's share; copied.</param>
    public NoncePool(FrostSuite suite, KeyShare share)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(share);
        suite.Group.Require(share.Key.Group);
        (_suite, _share) = (suite, share.Clone());
    }

    /// <summary>Pairs that no package has named yet.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _unused.Count;
        }
    }

    /// <summary>Makes one more pair (round 1) and hands out its commitment.</summary>
    /// <returns>The commitment, or <see cref="RefusalCode.EnclaveBusy"/>: the pool is full.</returns>
    public Outcome<NonceCommitment> Prepare()
    {
        var nonces = SigningNonces.Generate(_suite, _share);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_unused.Count < MaximumSize)
            {
                _unused.Add(IdOf(nonces.Commitment), nonces);
                return nonces.Commitment;
            }
        }
        nonces.Dispose();
        return new Refusal(RefusalCode.EnclaveBusy, $"{MaximumSize} commitments to nonces are outstanding");
    }

    /// <summary>Signs (round 2). The nonces are taken before the first check that can fail, and wiped.</summary>
    /// <param name="key">The key: this version, its child or its output. The caller has derived it from the request itself.</param>
    /// <param name="package">Message and commitments, one of ours among them.</param>
    /// <returns>The share; refused: a commitment that is unknown or used (<see cref="RefusalCode.StateConflict"/>), another version, a package that is not valid.</returns>
    public StepResult<SignatureShare> Sign(SigningKey key, SigningPackage package) =>
        SignPart(key, package).Is(out var part, out var fault) ? part.Share : fault;

    /// <summary>The same, with what all signers compute alike.</summary>
    public StepResult<SigningPart> SignPart(SigningKey key, SigningPackage package)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(package);

        // All of our commitments that the package names are burnt, not only the first.
        var named = package.Commitments.Where(c => c.Party == _share.Index).Select(Take).OfType<SigningNonces>().ToArray();
        try
        {
            if (named.Length != 1 || package.Commitments.Count(c => c.Party == _share.Index) != 1)
                return new Refusal(RefusalCode.StateConflict, "the package names no commitment of ours that is unused, or more than one");
            if (key.Suite != _suite || !key.Shared.Equals(_share.Key))
                return new Refusal(RefusalCode.StateConflict, "the signature is for another key, or another version of it, than the nonces");
            if (!SigningSession.Of(key, package).Is(out var session, out var refusal)) return refusal;
            return new SigningPart(session.Sign(_share, named[0]), session.Commitment, key.Encoded);
        }
        finally
        {
            foreach (var nonces in named) nonces.Dispose();
        }
    }

    /// <summary>Wipes a pair that is not going to be used: its session was given up.</summary>
    public void Burn(NonceCommitment commitment)
    {
        ArgumentNullException.ThrowIfNull(commitment);
        Take(commitment)?.Dispose();
    }

    /// <summary>Wipes all nonces and the share.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach (var nonces in _unused.Values) nonces.Dispose();
            _unused.Clear();
        }
        _share.Dispose();
    }

    /// <summary>Always the same text.</summary>
    public override string ToString() => "NoncePool(redacted)";

    private SigningNonces? Take(NonceCommitment commitment)
    {
        if (commitment.Hiding.IsIdentity || commitment.Binding.IsIdentity) return null;
        lock (_gate) return _unused.Remove(IdOf(commitment), out var nonces) ? nonces : null;
    }

    private static Hash256 IdOf(NonceCommitment commitment) => new(SHA256.HashData(commitment.ToBytes()));
}
