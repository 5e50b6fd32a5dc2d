namespace VaultGrid.Enclave;

/// <summary>A token's user PIN, which comes in a file only: an argument or a variable would be readable by others of the same user.</summary>
internal static class PinFile
{
    private const int Longest = 256;

    /// <summary>Reads it; one line end at its end is not part of it. <c>store.sealed</c> where the file can't be trusted or is empty.</summary>
    public static Outcome<SecretBytes> Read(string path)
    {
        if (!PrivateFile.Read(path, "the PIN", Longest).Is(out var file, out var refusal)) return refusal;
        using (file)
        {
            var length = file.Length;
            if (file.Span[length - 1] == (byte)'\n') length--;
            return length > 0 ? file.Slice(0, length) : new Refusal(RefusalCode.StoreSealed, $"the PIN in {path} is empty");
        }
    }
}
