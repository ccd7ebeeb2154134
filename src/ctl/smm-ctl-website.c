/* SPDX-FileCopyrightText: 2026 The nkonsept SMM authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A brand's website, read when somebody asks for it. */

#include "config.h"

#include "smm-ctl-website.h"

#include <glib/gi18n.h>

/* The brand that the first word names, or NULL after having said why. */
SmmBrand *
smm_ctl_find_brand (SmmCtl *ctl, int *status)
{
  const char *id = smm_ctl_word (ctl, 0);
  g_autoptr (GError) error = NULL;
  SmmBrand *brand;

  if (id == NULL)
    {
      *status = smm_ctl_usage (ctl, _ ("This command needs the id of a brand"));
      return NULL;
    }
  if (!smm_ctl_open_reader (ctl, &error))
    {
      *status = smm_ctl_fail (ctl, error);
      return NULL;
    }
  brand = smm_store_get_brand (ctl->reader, id);
  if (brand == NULL)
    *status = smm_ctl_fail_with (ctl, "not-found", _ ("There is no such brand"), "brand list");
  return brand;
}

/* --url, else what the brand has. */
SmmWebPage *
smm_ctl_read_website (SmmCtl *ctl, SmmBrand *brand, int *status)
{
  const char *url = smm_ctl_get (ctl, "url");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SmmWebPage *page = NULL;

  if (smm_ctl_open_connect (ctl, &error))
    {
      smm_website_read_async (ctl->http, url != NULL ? url : brand->website, NULL,
                              smm_ctl_callback (), ctl);
      result = smm_ctl_wait (ctl);
      page = smm_website_read_finish (ctl->http, result, &error);
    }
  if (page == NULL)
    *status = smm_ctl_fail (ctl, error);
  return page;
}

static int
brand_read_website (SmmCtl *ctl)
{
  int status = SMM_CTL_DONE;
  g_autoptr (SmmBrand) brand = smm_ctl_find_brand (ctl, &status);
  g_autoptr (SmmWebPage) page = brand != NULL ? smm_ctl_read_website (ctl, brand, &status) : NULL;
  g_autofree char *text = NULL;
  JsonBuilder *builder;

  if (page == NULL)
    return status;
  text = smm_web_page_describe (page);
  builder = smm_ctl_begin ("page");
  smm_json_string (builder, "address", page->address);
  smm_json_string (builder, "title", page->title);
  smm_json_string (builder, "site", page->site);
  smm_json_string (builder, "description", page->description);
  smm_json_string (builder, "language", page->language);
  smm_json_string (builder, "colors", page->colors);
  smm_json_string (builder, "text", page->text);
  json_builder_set_member_name (builder, "cut");
  json_builder_add_boolean_value (builder, page->cut);
  smm_ctl_end (ctl, builder, text);
  return SMM_CTL_DONE;
}

const SmmCtlCommand smm_ctl_website_commands[] = {
  { "brand read-website", "ID [--url URL]", brand_read_website },
  { NULL, NULL, NULL },
};
