#pragma once
#include <curl/curl.h>

// libcurl's variadic calls, one for each type of argument that is used.
static inline CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode ccurl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}
typedef size_t (*ccurl_reader)(char *, size_t, size_t, void *);
static inline CURLcode ccurl_set_reader(CURL *handle, ccurl_reader reader) {
    return curl_easy_setopt(handle, CURLOPT_READFUNCTION, reader);
}
typedef int (*ccurl_listener)(CURL *, curl_infotype, char *, size_t, void *);
static inline CURLcode ccurl_set_listener(CURL *handle, ccurl_listener listener) {
    return curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, listener);
}
static inline int ccurl_socket(CURL *handle) {
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, &socket);
    return socket;
}
