using System.CommandLine;
using VaultGrid.Ceremony.Authorities;
using VaultGrid.Ceremony.Keys;

namespace VaultGrid.Cli.Ca;

/// <summary>What the commands of a CA have in common.</summary>
internal static class CaDirectory
{
    public static Argument<string> Argument() => new("DIR") { Description = "Directory of the CAs" };

    public static Option<string> KeyKind() => new Option<string>("--key-kind") { Description = "Kind of key to make", DefaultValueFactory = _ => "p256" }
        .Among("p256", "rsa3072");

    public static Option<bool> UnsafeFast() => new("--unsafe-fast-passphrase")
    {
        Description = "Protect new key files with few rounds of PBKDF2: for tests and demonstrations only",
    };

    public static SigningKeyKind ParseKind(string text) => text == "rsa3072" ? SigningKeyKind.Rsa3072 : SigningKeyKind.P256;

    public static GridAuthorities Open(Invocation run, Argument<string> directory, AuthorityOptions? options = null) =>
        GridAuthorities.Open(run.Get(directory), options ?? new AuthorityOptions(), run.Time).OrEnd();

    public static SecretBytes Passphrase(Invocation run) => run.Passphrase(CommonOptions.PassphraseFile, "the CA");

    public static Option<T> Among<T>(this Option<T> option, params string[] values)
    {
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    public static Argument<string> Among(this Argument<string> argument, params string[] values)
    {
        argument.AcceptOnlyFromAmong(values);
        return argument;
    }
}
