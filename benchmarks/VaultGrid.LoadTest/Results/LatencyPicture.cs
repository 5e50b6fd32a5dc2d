using System.Globalization;
using System.Net;
using System.Text;

namespace VaultGrid.LoadTest;

/// <summary>Latency over time as SVG: p50, p99 and the longest call of each second on a logarithmic scale, and how many calls there were.</summary>
internal static class LatencyPicture
{
    private const int Width = 960;
    private const int Height = 420;
    private const int Left = 70;
    private const int Right = 20;
    private const int Top = 50;
    private const int Bottom = 130;
    private const int BarHeight = 60;

    private static readonly (string Name, string Colour, Func<Histogram, TimeSpan> Of)[] Lines =
    [
        ("p50", "#1b7837", second => second.Percentile(0.5)),
        ("p99", "#d95f02", second => second.Percentile(0.99)),
        ("longest", "#7570b3", second => second.Longest),
    ];

    public static string Draw(string title, IReadOnlyList<Histogram> seconds)
    {
        var highest = Math.Max(1, seconds.Select(second => second.Longest.TotalMilliseconds).DefaultIfEmpty().Max());
        var (low, high) = (-1.0, Math.Ceiling(Math.Log10(highest)));
        double X(double second) => Left + (second / Math.Max(1, seconds.Count) * (Width - Left - Right));
        double Y(double milliseconds) =>
            Top + ((high - Math.Log10(Math.Max(milliseconds, 0.1))) / (high - low) * (Height - Top - Bottom));

        var svg = new StringBuilder();
        void Add(FormattableString text) => svg.AppendLine(text.ToString(CultureInfo.InvariantCulture));
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">");
        Add($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>");
        Add($"<text x=\"{Left}\" y=\"20\" font-size=\"14\">{WebUtility.HtmlEncode(title)}</text>");
        for (var power = low; power <= high; power++)
        {
            var y = Y(Math.Pow(10, power));
            Add($"<line x1=\"{Left}\" y1=\"{y:0.0}\" x2=\"{Width - Right}\" y2=\"{y:0.0}\" stroke=\"#ddd\"/>");
            Add($"<text x=\"{Left - 6}\" y=\"{y + 4:0.0}\" text-anchor=\"end\">{Math.Pow(10, power):0.#} ms</text>");
        }

        for (var line = 0; line < Lines.Length; line++)
        {
            var (name, colour, of) = Lines[line];
            var points = seconds.Select((second, number) => (Second: second, Number: number)).Where(point => point.Second.Count > 0)
                .Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.Number + 0.5):0.0},{Y(of(point.Second).TotalMilliseconds):0.0}"));
            Add($"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\" points=\"{string.Join(' ', points)}\"/>");
            Add($"<text x=\"{Width - Right - 220 + (line * 75)}\" y=\"38\" fill=\"{colour}\">{name}</text>");
        }

        var most = Math.Max(1, seconds.Select(second => second.Count).DefaultIfEmpty().Max());
        var ground = Height - 40;
        for (var second = 0; second < seconds.Count; second++)
        {
            var bar = (double)seconds[second].Count / most * BarHeight;
            Add($"<rect x=\"{X(second):0.0}\" y=\"{ground - bar:0.0}\" width=\"{Math.Max(0.5, X(1) - X(0) - 0.5):0.0}\" height=\"{bar:0.0}\" fill=\"#9ecae1\"/>");
        }

        Add($"<text x=\"{Left - 6}\" y=\"{ground - BarHeight + 10}\" text-anchor=\"end\">{most}/s</text>");
        var step = Math.Max(1, seconds.Count / 10);
        for (var second = 0; second <= seconds.Count; second += step) Add($"<text x=\"{X(second):0.0}\" y=\"{ground + 18}\" text-anchor=\"middle\">{second} s</text>");
        svg.AppendLine("</svg>");
        return svg.ToString();
    }
}
