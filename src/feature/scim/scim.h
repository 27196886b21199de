/* SCIM 2.0 (RFC 7642 to 7644): HR systems and identity providers push people here. */
#ifndef FEATURE_SCIM_SCIM_H
#define FEATURE_SCIM_SCIM_H
#define SCIM_LIST "urn:ietf:params:scim:api:messages:2.0:ListResponse"
enum { SCIM_BODY_MAX = 1 << 20, SCIM_BULK_MAX = 100, SCIM_PAGE_MAX = 200 };
#endif
