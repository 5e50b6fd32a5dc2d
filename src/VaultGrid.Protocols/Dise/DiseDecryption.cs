namespace VaultGrid.Protocols.Dise;

/// <summary>A requester that decrypts: collects evaluations, opens, checks the commitment.</summary>
public sealed class DiseDecryption : IDisposable
{
    private readonly DiseCiphertext _ciphertext;

    /// <param name="key">The key's public side.</param>
    /// <param name="ciphertext">What to decrypt.</param>
    public DiseDecryption(SharedKey key, DiseCiphertext ciphertext)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(ciphertext);
        (_ciphertext, Combiner) = (ciphertext, new DiseCombiner(key, ciphertext.Input));
    }

    /// <summary>What to have evaluated, and where the answers go.</summary>
    public DiseCombiner Combiner { get; }

    /// <summary>Opens, as soon as f + 1 good evaluations are there.</summary>
    /// <returns>m; refused: a ciphertext that was changed, or whose content is not what its input commits to.</returns>
    public StepResult<SecretBytes> Finish()
    {
        if (!Combiner.DeriveKey().Is(out var key, out var fault)) return fault;
        using (key)
        {
            if (!Aes256Gcm.Open(key, _ciphertext.Sealed, _ciphertext.Input.ToBytes()).Is(out var opened, out var refusal)) return refusal;
            using (opened)
            {
                // Com: whoever had the key evaluated for one α can't seal anything else under it.
                return opened.Length >= DiseCiphertext.RandomnessLength && DiseCiphertext.Commit(opened) == _ciphertext.Input.Commitment
                    ? opened.Slice(DiseCiphertext.RandomnessLength, opened.Length - DiseCiphertext.RandomnessLength)
                    : new Refusal(RefusalCode.InputMalformed, "the message is not the one that the ciphertext commits to");
            }
        }
    }

    /// <summary>Wipes the evaluations.</summary>
    public void Dispose() => Combiner.Dispose();

    /// <summary>Always the same text.</summary>
    public override string ToString() => "DiseDecryption(redacted)";
}
