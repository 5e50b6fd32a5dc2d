namespace VaultGrid.Enclave;

/// <summary>The documents that travel beside requests, named by the hash of their exact bytes.</summary>
internal static class Documents
{
    /// <summary>The hash that names a policy.</summary>
    public static Hash256 PolicyHash(ReadOnlySpan<byte> utf8) => Hash256.Of("policy", utf8);

    /// <summary>The hash that names a membership record.</summary>
    public static Hash256 MembershipHash(ReadOnlySpan<byte> utf8) => Hash256.Of("membership", utf8);

    /// <summary>Refuses a document that is not the one that the request names, before it is read.</summary>
    public static Outcome<Done> Check(Hash256 hash, Hash256 named, string what) => hash == named
        ? default(Done)
        : new Refusal(RefusalCode.InputMalformed, $"the {what} that came with the request is not the one that it names");
}
