namespace VaultGrid.Grains.Tests.Sessions;

internal static class SignatureChecks
{
    /// <summary>Low-s, valid for the digest under its public key, and recovers to it.</summary>
    public static void Verify(SignatureStatus signed, Hash256 digest)
    {
        Assert.Equal(digest, signed.Digest);
        var signature = EcdsaSignature.FromCompact([.. signed.R.Span, .. signed.S.Span], signed.V).Value;
        Assert.True(signature.IsLowS);
        Assert.True(PublicKey.Parse(signed.PublicKey.Span).Value.Verify(digest.AsSpan(), signature));
        Assert.Equal(signed.PublicKey.ToArray(), signature.Recover(digest.AsSpan()).Value.Compressed.ToArray());
    }
}
