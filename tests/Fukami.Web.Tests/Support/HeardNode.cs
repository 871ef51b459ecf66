using System.Text.Json;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>A part of a page as the browser hands it to a screen reader.</summary>
/// <param name="Role">What it is, for example <c>heading</c>.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What else is said of it.</param>
/// <param name="Level">A heading's level; 0 for whatever is none.</param>
internal sealed record HeardNode(string Role, string Name, string Description, int Level)
{
    private static readonly string[] ControlRoles = ["button", "checkbox", "combobox", "DisclosureTriangle", "link", "listbox", "radio", "searchbox", "slider", "spinbutton", "switch", "textbox"];

    /// <summary>Whether somebody can press it, choose in it or type into it.</summary>
    public bool IsControl => ControlRoles.Contains(Role, StringComparer.Ordinal);

    /// <summary>Everything on a page that is not hidden from screen readers, in reading order.</summary>
    public static async Task<IReadOnlyList<HeardNode>> AllOfAsync(IPage page)
    {
        ICDPSession browser = await page.Context.NewCDPSessionAsync(page);
        JsonElement tree = (await browser.SendAsync("Accessibility.getFullAXTree"))!.Value;
        await browser.DetachAsync();
        JsonElement[] nodes = [.. tree.GetProperty("nodes").EnumerateArray()];
        var byId = nodes.ToDictionary(node => node.GetProperty("nodeId").GetString()!, StringComparer.Ordinal);
        var heard = new List<HeardNode>();
        Read(nodes[0]);
        return heard;

        void Read(JsonElement node)
        {
            if (!node.GetProperty("ignored").GetBoolean())
            {
                heard.Add(new HeardNode(Text(node, "role"), Text(node, "name"), Text(node, "description"), LevelOf(node)));
            }

            foreach (JsonElement child in node.TryGetProperty("childIds", out JsonElement ids) ? ids.EnumerateArray() : default)
            {
                if (byId.TryGetValue(child.GetString()!, out JsonElement known))
                {
                    Read(known);
                }
            }
        }
    }

    private static string Text(JsonElement node, string name) =>
        node.TryGetProperty(name, out JsonElement given) && given.TryGetProperty("value", out JsonElement value) ? value.ToString().Trim() : "";

    private static int LevelOf(JsonElement node) => node.TryGetProperty("properties", out JsonElement properties)
        ? properties.EnumerateArray().Where(property => property.GetProperty("name").GetString() == "level").Select(property => property.GetProperty("value").GetProperty("value").GetInt32()).FirstOrDefault()
        : 0;
}
