using System.Diagnostics;
using System.Globalization;

namespace VaultGrid.Demo;

/// <summary>Tells what happens in plain words: one heading for each act, one line for each thing. Colours on a terminal only.</summary>
internal sealed class Narrator(TextWriter output, bool terminal) : IProgress<string>
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private int _acts;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    public void Act(string title)
    {
        output.WriteLine();
        output.WriteLine(Styled("1", $"{++_acts}. {title}") + Styled("2", $"   ({Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s)"));
    }

    public void Say(string what) => output.WriteLine($"   {what}");

    /// <summary>Something that was asked for and done.</summary>
    public void Done(string what) => output.WriteLine($"   {Styled("32", "done   ")}  {what}");

    /// <summary>Something that was refused, as it should be.</summary>
    public void Refused(string what, string code) => output.WriteLine($"   {Styled("33", "refused")}  {what}: {code}");

    public void Failed(string what) => output.WriteLine($"   {Styled("31;1", "FAILED ")}  {what}");

    public void Blank() => output.WriteLine();

    void IProgress<string>.Report(string value) => Say(value + " …");

    private string Styled(string style, string text) => terminal ? $"\e[{style}m{text}\e[0m" : text;
}
