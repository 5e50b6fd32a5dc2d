namespace VaultGrid.Embedded.Activations;

/// <summary>The activation whose turn runs on this thread.</summary>
internal static class ActivationContext
{
    [ThreadStatic]
    private static Activation? s_current;

    public static Activation? Current
    {
        get => s_current;
        set => s_current = value;
    }
}
