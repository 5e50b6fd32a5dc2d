using VaultGrid.Client.Secrets;

namespace VaultGrid.Cli.Hsm;

/// <summary>Encrypts a file under a symmetric key; what the holders evaluate tells them nothing of it.</summary>
internal sealed class HsmEncCommand() : HsmFileCommand(
    "enc", "Encrypt a file of any length under a symmetric key", "vaultgrid hsm enc archive --in plan.pdf --out plan.pdf.vg", DiseFile.EncryptAsync);

/// <summary>Decrypts it.</summary>
internal sealed class HsmDecCommand() : HsmFileCommand(
    "dec", "Decrypt a file under the symmetric key that it was encrypted under", "vaultgrid hsm dec archive --in plan.pdf.vg --out plan.pdf", DiseFile.DecryptAsync);
