#include "service/release/furniture.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <utility>
#include <vector>

#include "service/base/utf8.h"
#include "service/release/plain_text.h"
#include "service/release/release_date.h"

namespace tercet {
namespace {

using Words = std::span<const std::string_view>;

bool StartsWithAny(std::string_view text, Words heads) {
  return std::any_of(heads.begin(), heads.end(), [text](std::string_view h) {
    return text.starts_with(h);
  });
}

// Lower case, without brackets and marks around it.
std::string Bare(std::string_view text) {
  std::string_view bare = Trim(text);
  const auto is_mark = [](char c) {
    return std::string_view("[](){}<>|*#:.!-_").find(c) !=
           std::string_view::npos;
  };
  while (!bare.empty() && is_mark(bare.front())) bare.remove_prefix(1);
  while (!bare.empty() && is_mark(bare.back())) bare.remove_suffix(1);
  for (const std::string_view mark :
       {"【", "】", "：", "》", "《", "…", "»", "›"}) {
    if (bare.starts_with(mark)) bare.remove_prefix(mark.size());
    if (bare.ends_with(mark)) bare.remove_suffix(mark.size());
  }
  return ToLower(Trim(bare));
}

// The parts between ` > `, `»` and the like.
std::vector<std::string_view> Crumbs(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    size_t end = std::string_view::npos;
    size_t length = 0;
    for (const std::string_view mark :
         {" > ", ">>", " » ", " › ", " → ", "＞", "&gt;"}) {
      const size_t at = text.find(mark);
      if (at >= end) continue;
      end = at;
      length = mark.size();
    }
    parts.push_back(Trim(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + length);
  }
}

bool IsBreadcrumb(std::string_view text) {
  constexpr size_t kMaxCrumbBytes = 60;
  const std::vector<std::string_view> crumbs = Crumbs(text);
  if (crumbs.size() < 2 || EndsSentence(text)) return false;
  for (const std::string_view crumb : crumbs) {
    if (crumb.size() > kMaxCrumbBytes) return false;
  }
  static constexpr std::array<std::string_view, 11> kHomes = {
      "home",     "首页",         "首頁",      "inicio",
      "portada",  "您的位置",     "当前位置",  "您现在的位置",
      "你在这里", "you are here", "usted está"};
  return crumbs.size() > 2 || StartsWithAny(ToLower(text), kHomes);
}

// Every one of these, alone in a paragraph, asks the reader to do something.
constexpr std::array<std::string_view, 66> kShareLines = {
    "suggest to a friend",
    "share",
    "share this",
    "share this page",
    "share this article",
    "share on facebook",
    "share on twitter",
    "tweet",
    "print",
    "print this page",
    "printer friendly version",
    "print version",
    "email",
    "e-mail",
    "email this page",
    "send to a friend",
    "mail to a friend",
    "tell a friend",
    "subscribe",
    "follow us",
    "back to top",
    "top",
    "close",
    "close window",
    "font size",
    "text size",
    "comments",
    "add comment",
    "推荐给朋友",
    "推荐朋友",
    "发给好友",
    "分享",
    "分享到",
    "分享至",
    "打印",
    "打印本页",
    "打印本稿",
    "关闭",
    "关闭窗口",
    "我要评论",
    "评论",
    "收藏",
    "字号",
    "字体大小",
    "返回顶部",
    "回到顶部",
    "訂閱",
    "订阅",
    "列印",
    "分享這篇文章",
    "compartir",
    "comparte",
    "imprimir",
    "enviar",
    "enviar por correo",
    "enviar a un amigo",
    "recomendar",
    "recomendar a un amigo",
    "sugerir a un amigo",
    "suscribirse",
    "suscríbase",
    "síganos",
    "volver arriba",
    "subir",
    "cerrar",
    "comentarios"};

// `Share | Print | Email`: all its parts are such.
bool IsShareLine(std::string_view text) {
  if (text.size() > 120) return false;
  bool any = false;
  std::string_view rest = text;
  while (!rest.empty()) {
    const size_t end = rest.find_first_of("|/·,");
    const std::string part = Bare(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (part.empty()) continue;
    any = true;
    if (std::find(kShareLines.begin(), kShareLines.end(), part) ==
        kShareLines.end()) {
      return false;
    }
  }
  return any;
}

constexpr std::array<std::string_view, 26> kEditorHeads = {
    "editor:",    "editors:",  "edited by",  "editor ：",  "web editor",
    "source:",    "reporter:", "reporters:", "责任编辑",   "责编",
    "责任编校",   "編輯：",    "编辑：",     "编辑:",      "[责任编辑",
    "（责任编辑", "(责任编辑", "来源：",     "来源:",      "來源：",
    "稿源：",     "fuente:",   "redactor:",  "redacción:", "editado por",
    "editor/"};

bool IsEditorLine(std::string_view text) {
  if (text.size() > 160) return false;
  const std::string lower = ToLower(Trim(text));
  if (StartsWithAny(lower, kEditorHeads)) return true;
  const std::string bare = Bare(text);
  return bare == "enditem" || bare == "完" || bare == "end" || bare == "fin" ||
         bare == "（完）" || bare == "xinhua" || bare == "item";
}

// `2026年11月20日 09:00 来源：海港报`: a date, and who wrote it.
bool IsDateAndSource(std::string_view text, std::string_view language) {
  if (text.size() > 120 || EndsSentence(text)) return false;
  const std::string lower = ToLower(text);
  const auto has = [&lower](std::string_view word) {
    return lower.find(word) != std::string::npos;
  };
  if (!has("来源") && !has("來源") && !has("source:") && !has("fuente:") &&
      !has("编辑：") && !has("作者：")) {
    return false;
  }
  const auto found = FindDate(text, language);
  return found.has_value() && found->date.year != 0;
}

constexpr std::array<std::string_view, 20> kCaptionHeads = {
    "photo:",   "photo by", "file photo", "photo taken", "this photo",
    "image:",   "video:",   "foto:",      "foto de",     "fotografía:",
    "imagen:",  "vídeo:",   "图为",       "图片说明",    "资料图",
    "資料照片", "资料照片", "視頻：",     "视频：",      "图："};

// `… (Xinhua/Li Ming)`, `新华社记者李明 摄`.
bool IsCaption(std::string_view text) {
  if (text.size() > 600) return false;
  const std::string lower = ToLower(text);
  if (text.size() < 300 && StartsWithAny(lower, kCaptionHeads)) return true;
  if (lower.ends_with("摄") || lower.ends_with("摄）") ||
      lower.ends_with("攝") || lower.ends_with("攝）") ||
      lower.ends_with("摄)")) {
    return true;
  }
  const size_t open = lower.rfind('(');
  if (open == std::string::npos || lower.size() - open > 60) return false;
  const std::string_view credit = std::string_view(lower).substr(open);
  for (const std::string_view agency :
       {"(xinhua/", "(ap photo", "(reuters/", "(afp/", "(efe/", "(foto",
        "(photo", "(xinhua photo"}) {
    if (credit.starts_with(agency) && credit.find(')') >= credit.size() - 2) {
      return true;
    }
  }
  return false;
}

constexpr std::array<std::string_view, 14> kCopyrightHeads = {
    "copyright",
    "©",
    "(c) ",
    "all rights reserved",
    "版权所有",
    "版權所有",
    "著作权",
    "todos los derechos",
    "derechos reservados",
    "京icp",
    "icp备",
    "©copyright",
    "未经授权",
    "未經授權"};

constexpr std::array<std::string_view, 36> kRelatedHeadings = {
    "related",
    "related stories",
    "related news",
    "related articles",
    "related links",
    "related reading",
    "related content",
    "related:",
    "read more",
    "more news",
    "more stories",
    "most read",
    "most popular",
    "see also",
    "you may also like",
    "latest news",
    "相关新闻",
    "相关阅读",
    "相关报道",
    "相关链接",
    "相关文章",
    "相关稿件",
    "延伸阅读",
    "推荐阅读",
    "更多新闻",
    "最新新闻",
    "热点新闻",
    "相關新聞",
    "延伸閱讀",
    "noticias relacionadas",
    "más noticias",
    "lea también",
    "lea además",
    "ver también",
    "artículos relacionados",
    "enlaces relacionados"};

// Links and little else, several in a row: a menu.
bool IsMenu(const Block& block) {
  return block.link_share > 0.8 && block.text.find(" | ") != std::string::npos;
}

// A story in a list of others is a headline.
bool IsOtherStory(const Block& block) {
  if (block.kind == BlockKind::kHeading) return false;
  return block.link_share > 0.6 ||
         (block.text.size() < 200 && !EndsSentence(block.text));
}

class Clearing {
 public:
  explicit Clearing(ReleasePage& page) : page_(page) {}

  void Run() {
    std::vector<Block> kept;
    for (Block& block : page_.blocks) {
      const std::optional<DropReason> reason = ReasonOf(block);
      if (!reason.has_value()) {
        TakeEnd(block);
        if (!block.text.empty()) kept.push_back(std::move(block));
        continue;
      }
      page_.dropped.push_back({*reason, std::move(block.text)});
    }
    page_.blocks = std::move(kept);
  }

 private:
  std::optional<DropReason> ReasonOf(const Block& block) {
    if (IsDateLine(block.text, page_.language) ||
        IsDateAndSource(block.text, page_.language)) {
      TakeDate(block.text);
      return DropReason::kDate;
    }
    if (const auto reason = FurnitureReason(block)) {
      if (reason == DropReason::kBreadcrumb) TakeCategory(block.text);
      if (reason == DropReason::kEditor) TakeDate(block.text);
      return reason;
    }
    if (in_related_ && IsOtherStory(block)) return DropReason::kRelated;
    in_related_ = IsRelatedHeading(block.text);
    if (in_related_) return DropReason::kRelated;
    return std::nullopt;
  }

  void TakeDate(std::string_view text) {
    if (!page_.date.empty()) return;
    const auto found = FindDate(text, page_.language);
    if (found.has_value() && found->date.year != 0) page_.date = found->date;
  }

  // The last crumb, unless it is the page itself.
  void TakeCategory(std::string_view text) {
    if (!page_.category.empty()) return;
    std::vector<std::string_view> crumbs = Crumbs(text);
    while (crumbs.size() > 1 &&
           (crumbs.back().empty() || crumbs.back() == page_.title)) {
      crumbs.pop_back();
    }
    page_.category = crumbs.back();
  }

  void TakeEnd(Block& block) {
    std::string mark = TakeEndMark(block.text);
    if (!mark.empty()) {
      page_.dropped.push_back({DropReason::kEditor, std::move(mark)});
    }
  }

  ReleasePage& page_;
  bool in_related_ = false;
};

}  // namespace

bool IsRelatedHeading(std::string_view text) {
  if (text.size() > 60) return false;
  const std::string bare = Bare(text);
  return std::find(kRelatedHeadings.begin(), kRelatedHeadings.end(), bare) !=
         kRelatedHeadings.end();
}

std::optional<DropReason> FurnitureReason(const Block& block) {
  const std::string_view text = block.text;
  if (IsBreadcrumb(text)) return DropReason::kBreadcrumb;
  if (IsShareLine(text)) return DropReason::kShare;
  if (IsEditorLine(text)) return DropReason::kEditor;
  if (IsCaption(text)) return DropReason::kCaption;
  if (text.size() < 300 && StartsWithAny(ToLower(text), kCopyrightHeads)) {
    return DropReason::kCopyright;
  }
  if (IsMenu(block)) return DropReason::kNavigation;
  return std::nullopt;
}

std::string TakeEndMark(std::string& text) {
  for (const std::string_view mark :
       {"Enditem", "（完）", "(完)", "(End)", "(Fin)", "【完】"}) {
    if (!text.ends_with(mark)) continue;
    text = Trim(std::string_view(text).substr(0, text.size() - mark.size()));
    return std::string(mark);
  }
  for (const std::string_view head :
       {"（责任编辑", "(责任编辑", "[责任编辑", "（编辑", "（責任編輯"}) {
    const size_t at = text.rfind(head);
    if (at == std::string::npos || text.size() - at > 120) continue;
    std::string mark = text.substr(at);
    text = Trim(std::string_view(text).substr(0, at));
    return mark;
  }
  return "";
}

void ClearFurniture(ReleasePage& page) { Clearing(page).Run(); }

}  // namespace tercet
