using QRCoder;

namespace VaultGrid.Channels;

/// <summary>A line as a picture: a QR code (ISO/IEC 18004, error correction M) as PNG, which any reader of QR codes turns into the line again.</summary>
public static class QrPicture
{
    private const int PixelsPerModule = 6;

    /// <summary>The PNG file.</summary>
    public static byte[] Png(string line)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(line, QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(code);
        return picture.GetGraphic(PixelsPerModule);
    }
}
