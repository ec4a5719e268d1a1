package segment

import "testing"

const goldenZh = `乐图相册用户服务协议

版本日期：2025年3月1日

欢迎您使用乐图相册。本协议由您与乐图公司（以下简称“我们”）订立。

第一章 总则

第一条 定义
1.1 “用户内容”是指您上传、制作的照片、视频；包括其中的面部图像。
1.2 面部数据：指从照片中提取的面部特征值。
1.3 “您”或“用户”指完成注册的自然人。

第二条 服务内容
我们提供下列服务：
（一）存储照片；
（二）整理照片，方式如下：
1、按时间整理；
2、按人物整理；
（三）打印照片。
上述服务均可单独关闭。

第三条 使用期限：自注册之日起，至注销之日止。

第二章 授权

第四条 授权约定如下：（一）授权期限：一年；（二）授权性质：可以随时撤回；（三）转授权：未经您同意，不得转授权。

第五条 费用
1. 基础服务
基础服务免费。
2. 增值服务
（1）打印服务每张 1.5 元；
（2）存储服务：
① 100GB 以内每月 6 元；
② 超出部分每月 12 元。
3. 退款
依照第二条第（二）项提供的服务，可以全额退款。

第六条 个人信息保护
一、收集
我们仅在您单独同意后收集面部数据。
二、使用
- 用于按人物整理照片；
- 用于您选择的打印服务。
三、删除
您撤回同意后，我们在十五日内删除。本条第（一）项除外。

第三章 附则

第七条 本协议适用中华人民共和国法律，并依照《民法典》第四百九十六条解释。
第八条 通知
8.1 我们以站内信通知您。
8.1.1 站内信视为三日后送达。
8.2 您以邮件通知我们。

附件一：价目表

打印：每张 1.5 元。

附件二：权限清单

1. 相机：用于拍摄照片。
2. 相册：用于选择照片。
`

const goldenZhTree = `第一章 [总则] 1
  第一条 [定义] 1
    1.1 2
    1.2 [面部数据] 1
    1.3 1
  第二条 [服务内容] 3
    （一） 1 < 第二条
    （二） 1 < 第二条
      1 1 < 第二条（二）
      2 1 < 第二条（二）
    （三） 1 < 第二条
  第三条 [使用期限] 1
第二章 [授权] 1
  第四条 1
    （一） 1 < 第四条
    （二） 1 < 第四条
    （三） 1 < 第四条
  第五条 [费用] 1
    1 [基础服务] 2
    2 [增值服务] 1
      （1） 1
      （2） 1
        ① 1 < 第五条2（2）
        ② 1 < 第五条2（2）
    3 [退款] 2
  第六条 [个人信息保护] 1
    一 [收集] 2
    二 [使用] 1
      - 1
      - 1
    三 [删除] 3
第三章 [附则] 1
  第七条 1
  第八条 [通知] 1
    8.1 1
      8.1.1 1
    8.2 1
附件一 [价目表] 2
附件二 [权限清单] 1
  1 [相机] 1
  2 [相册] 1
`

const goldenEn = `FOTOLEAF TERMS OF USE

Last updated: 1 March 2025

These terms are between you and Fotoleaf Ltd. (“Fotoleaf”, “we” or “us”).

1. Definitions

1.1 “User Content” means the photos and videos you upload.
1.2 Face Data means measurements of a face taken from User Content.
1.3 As used here, "Partner" means a print shop named in Schedule 1.

2. The Service

You may use the Service to:

(a) store User Content;
(b) sort User Content by:
(i) date; or
(ii) person; and
(c) order prints.

Each of these may be switched off.

3. Term. This agreement takes effect when you register. It ends when you close your account.

4. Licence over photos: (a) term: one year; (b) withdrawal: at any time; (c) sublicence: none.

5. Fees

5.1 Storage. The first 100 GB are free.
5.1.1 Each further GB costs $0.02 per month.
5.2 Prints. Prices are in Schedule 1.

6. Face Data

6.1 We take Face Data only if you say so. We do so to:
• sort your photos by person;
• find duplicates.
6.2 You may withdraw at any time under Section 6.1.

7. General

(g) Notices go by e-mail.
(h) No waiver is implied.
(i) Headings are for reading only.
(j) These terms follow the law of Iceland.

Article I. Arbitration
Section 1 Scope. The parties may go to arbitration.
Section 2 Seat
The seat is Reykjavik.

Schedule 1: Prices

1. Prints
A. Small prints cost $0.20 each.
B. Large prints cost $0.90 each.
2. Storage

Schedule 2: Permissions

Camera, to take photos.
`

const goldenEnTree = `- [FOTOLEAF TERMS OF USE] 3
  1 [Definitions] 1
    1.1 1
    1.2 1
    1.3 1
  2 [The Service] 3
    (a) 1 < 2
    (b) 1 < 2
      (i) 1 < 2(b)
      (ii) 1 < 2(b)
    (c) 1 < 2
  3 [Term] 3
  4 [Licence over photos] 1
    (a) 1 < 4
    (b) 1 < 4
    (c) 1 < 4
  5 [Fees] 1
    5.1 [Storage] 2
      5.1.1 1
    5.2 [Prints] 2
  6 [Face Data] 1
    6.1 2
      - 1 < 6.1
      - 1 < 6.1
    6.2 1
  7 [General] 1
    (g) 1
    (h) 1
    (i) 1
    (j) 1
  Article I [Arbitration] 1
    Section 1 [Scope] 2
    Section 2 [Seat] 2
  Schedule 1 [Prices] 1
    1 [Prints] 1
      A 1
      B 1
    2 [Storage] 1
  Schedule 2 [Permissions] 2
`

func TestGolden(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{{"zh", goldenZh, goldenZhTree}, {"en", goldenEn, goldenEnTree}} {
		c := Cut(text(test.text))
		if got := dump(c); got != test.want {
			t.Errorf("%s: got\n%swant\n%s", test.name, got, test.want)
		}
		check(t, c)
	}
}
