namespace VaultGrid.Model;

/// <summary>How a client may use a key by a signed call of its own.</summary>
[Flags]
public enum KeyOperations
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Have messages signed, with the policy's algorithms at the policy's paths: <c>sign</c>.</summary>
    Sign = 1,

    /// <summary>Encrypt under its own identity (DiSE): <c>encrypt</c>.</summary>
    Encrypt = 2,

    /// <summary>Decrypt (DiSE): <c>decrypt</c>. Whoever may decrypt could encrypt as anyone: the evaluations are the same.</summary>
    Decrypt = 4,
}

/// <summary>The names of <see cref="KeyOperations"/>.</summary>
public static class KeyOperationNames
{
    private static readonly KeyOperations[] All = [KeyOperations.Sign, KeyOperations.Encrypt, KeyOperations.Decrypt];

    /// <summary>The names, in their order, with commas between.</summary>
    public static string Name(this KeyOperations operations) => string.Join(',', All.Where(one => operations.HasFlag(one)).Select(One));

    /// <summary>Reads names; each once, in their order, at least one.</summary>
    public static bool TryParse(string text, out KeyOperations operations)
    {
        operations = KeyOperations.None;
        if (text is null) return false;
        foreach (var one in All)
        {
            if (text.Split(',').Contains(One(one))) operations |= one;
        }

        return operations != KeyOperations.None && operations.Name() == text;
    }

    private static string One(KeyOperations operation) => operation switch
    {
        KeyOperations.Sign => "sign",
        KeyOperations.Encrypt => "encrypt",
        KeyOperations.Decrypt => "decrypt",
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not one operation."),
    };
}
