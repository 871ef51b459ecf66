using System.Security.Claims;
using Fukami.Course;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Fukami.Web;

/// <summary>Who is at the browser: a sealed cookie names the learner.</summary>
internal static class SignIn
{
    /// <summary>The page on which a learner is chosen.</summary>
    public const string Page = "/start";

    /// <summary>How the cookie is kept.</summary>
    public static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "fukami";
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.Cookie.HttpOnly = true;
        cookie.ExpireTimeSpan = TimeSpan.FromDays(180);
        cookie.SlidingExpiration = true;
        cookie.LoginPath = Page;
    }

    /// <summary>The learner whom a cookie names; none if it names nobody.</summary>
    public static Guid? LearnerOf(ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out Guid id) ? id : null;

    /// <summary>Writes the cookie.</summary>
    public static Task ChooseAsync(HttpContext context, Learner learner)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, learner.Id.ToString())], CookieAuthenticationDefaults.AuthenticationScheme);
        return context.SignInAsync(new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = true });
    }

    /// <summary>Takes the cookie back.</summary>
    public static Task LeaveAsync(HttpContext context) => context.SignOutAsync();
}
